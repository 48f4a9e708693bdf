-- Starts Spawnproof for Python files in Neovim 0.8 or later, if this folder's parent is in 'runtimepath'.
if vim.lsp.enable then
  vim.lsp.enable('spawnproof')
  return
end
local config = dofile(vim.api.nvim_get_runtime_file('lsp/spawnproof.lua', false)[1])
vim.api.nvim_create_autocmd('FileType', {
  pattern = config.filetypes,
  callback = function(event)
    local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(event.buf))
    local marker = vim.fs.find(config.root_markers, { path = folder, upward = true })[1]
    vim.lsp.start({ name = 'spawnproof', cmd = config.cmd, root_dir = marker and vim.fs.dirname(marker) })
  end,
})
