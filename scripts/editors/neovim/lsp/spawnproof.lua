-- Neovim 0.11 or later finds this file by its name: vim.lsp.enable('spawnproof')
return {
  cmd = { 'spawnproof', 'server' },
  filetypes = { 'python', 'java', 'yaml', 'sh', 'bash', 'zsh', 'env', 'dockerfile', 'dosini', 'systemd', 'jsonc', 'markdown', 'text', 'log' },
  -- A folder that has nothing to do with Python or Java gets no server. Beside jdtls, both have a buffer's diagnostics.
  root_dir = function(buffer, start)
    local function folder_with(...)
      local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(buffer))
      return vim.fs.dirname(vim.fs.find({ ... }, { path = folder, upward = true })[1])
    end
    local project = folder_with('spawnproof.toml', 'pyproject.toml', 'requirements.txt', 'setup.py', 'setup.cfg', 'pom.xml',
      'build.gradle', 'build.gradle.kts')
    if project or vim.tbl_contains({ 'python', 'java' }, vim.bo[buffer].filetype) then
      start(project or folder_with('.git'))
    end
  end,
}
