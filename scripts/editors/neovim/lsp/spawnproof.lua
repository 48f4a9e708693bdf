-- Neovim 0.11 or later finds this file by its name: vim.lsp.enable('spawnproof')
return {
  cmd = { 'spawnproof', 'server' },
  filetypes = { 'python' },
  root_markers = { 'spawnproof.toml', 'pyproject.toml', '.git' },
}
