-- Starts Spawnproof in Neovim 0.8 or later, if this folder's parent is in 'runtimepath'.
if vim.lsp.enable then
  vim.lsp.enable('spawnproof')
  return
end
local config = dofile(vim.api.nvim_get_runtime_file('lsp/spawnproof.lua', false)[1])
vim.api.nvim_create_autocmd('FileType', {
  pattern = config.filetypes,
  callback = function(event)
    if vim.bo[event.buf].buftype ~= '' then
      return -- No file: what a hover shows, for one.
    end
    config.root_dir(event.buf, function(folder)
      vim.lsp.start({ name = 'spawnproof', cmd = config.cmd, root_dir = folder })
    end)
  end,
})
