-- What somebody does with Spawnproof in Neovim, tried in it. `scripts/editors/test` makes the folders and asks for a
-- position encoding; what is on disk and what the command line says is what must be in the buffer.
local uv = vim.uv or vim.loop
local work = vim.env.SPAWNPROOF_WORK
local project, steps = work .. '/project', work .. '/steps'
local limit = 120000

-- Tests are one coroutine, so that Neovim goes on in its usual way meanwhile, with keys that are typed too. -------------

local done = {}

local function finish(status)
  io.stdout:write(table.concat(done, '\n'), '\n')
  io.stdout:flush()
  vim.cmd(status == 0 and 'qall!' or 'cquit')
end

local function await(what, condition)
  local test, timer, start = coroutine.running(), uv.new_timer(), uv.now()
  timer:start(0, 5, vim.schedule_wrap(function()
    if timer:is_closing() then
      return
    end
    local ok, value = pcall(condition)
    if vim.v.errmsg ~= '' then
      ok, value = false, vim.v.errmsg
    end
    if not ok or value or uv.now() - start > limit then
      timer:close()
      local resumed, problem = coroutine.resume(test, ok and value, not ok and value)
      if not resumed then
        table.insert(done, 'FAILED: ' .. debug.traceback(test, problem))
        finish(1)
      end
    end
  end))
  local value, problem = coroutine.yield()
  if not value then
    error(problem or ('waited in vain for ' .. what .. '; diagnostics: ' .. vim.inspect(vim.diagnostic.get(0))), 2)
  end
  return value
end

local function equal(what, actual, expected)
  if not vim.deep_equal(actual, expected) then
    error(what .. ' is\n' .. vim.inspect(actual) .. '\nbut should be\n' .. vim.inspect(expected), 2)
  end
end

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('a')
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

-- Menus would wait for ever: an action that is not the only one with its title is a failure.
vim.ui.select = function(items)
  table.insert(done, 'FAILED: asked to choose from ' .. vim.inspect(items))
  finish(1)
end

-- Diagnostics. ---------------------------------------------------------------------------------------------------------

local published = {}
local publish = vim.lsp.handlers['textDocument/publishDiagnostics']
vim.lsp.handlers['textDocument/publishDiagnostics'] = function(problem, result, context, config)
  publish(problem, result, context, config)
  published[vim.uri_to_bufnr(result.uri)] = result.version
end

local function client()
  return vim.lsp.get_clients({ name = 'spawnproof' })[1]
end

-- Waits until the diagnostics are those of the newest text.
local function settle()
  local buffer = vim.api.nvim_get_current_buf()
  await('diagnostics of ' .. vim.api.nvim_buf_get_name(buffer), function()
    return client() and published[buffer] == vim.lsp.util.buf_versions[buffer]
  end)
end

local function open(path)
  if vim.api.nvim_buf_get_name(0) ~= path then -- Otherwise this would read it again.
    vim.cmd.edit(vim.fn.fnameescape(path)) -- Fails if anything does that is not silent, as syntax files are.
    vim.v.errmsg = ''
  end
  settle()
end

local function sorted(diagnostics)
  table.sort(diagnostics, function(one, other)
    return vim.inspect(one) < vim.inspect(other)
  end)
  return diagnostics
end

local function shown()
  return sorted(vim.tbl_map(function(d)
    local severity = vim.diagnostic.severity[d.severity]:lower()
    return { d.lnum, d.col, d.end_lnum, d.end_col, severity, d.code, d.message, d.source }
  end, vim.diagnostic.get(0)))
end

-- What the command line finds in a file of these lines, in Neovim's units: from 0, and bytes.
local function expected(findings, file, lines)
  local function place(position)
    return position.line - 1, vim.fn.byteidx(lines[position.line] or '', position.column - 1, true)
  end
  local here = {}
  for _, finding in ipairs(findings) do
    if finding.file == file then
      local line, column = place(finding.range.start)
      local end_line, end_column = place(finding.range['end'])
      local severity = ({ error = 'error', warning = 'warn', information = 'info' })[finding.severity]
      table.insert(here, { line, column, end_line, end_column, severity, finding.rule, finding.message, 'spawnproof' })
    end
  end
  return sorted(here)
end

-- Texts with what was shown for them: the command line is asked once, at the end, for all of them.
local remembered = {}

local function remember(what)
  settle()
  local ending = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ':e')
  local name = ('step%03d.%s'):format(#remembered + 1, ending)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local newline = vim.bo.fileformat == 'dos' and '\r\n' or '\n'
  write(steps .. '/' .. name, table.concat(lines, newline) .. newline)
  table.insert(remembered, { what = what, file = name, lines = lines, shown = shown() })
end

local function check_remembered()
  local run = vim.system({ 'spawnproof', 'check', '--exit-zero', '--format', 'json' }, { cwd = steps }):wait()
  local findings = vim.json.decode(run.stdout).findings
  local kinds = {}
  for _, step in ipairs(remembered) do
    equal('shown after: ' .. step.what, step.shown, expected(findings, step.file, step.lines))
    kinds[vim.inspect(step.shown)] = true
  end
  -- Otherwise the steps would show nothing.
  assert(vim.tbl_count(kinds) > 5, 'the steps all look alike')
end

-- What a user does. ----------------------------------------------------------------------------------------------------

local function place_cursor(pattern)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search(pattern, 'c') > 0, 'no ' .. pattern .. ' in ' .. vim.api.nvim_buf_get_name(0))
end

local function hover(pattern)
  place_cursor(pattern)
  vim.lsp.buf.hover()
  local window = await('a hover of ' .. pattern, function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return window
      end
    end
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
  vim.api.nvim_win_close(window, true)
  return text
end

local function has(text, part)
  assert(text:find(part, 1, true), ('%q is not in:\n%s'):format(part, text))
end

-- Applies the one action with a title and waits for what it did; compares the saved file.
local function act(kind, title, result)
  local tick = vim.b.changedtick
  vim.lsp.buf.code_action({
    apply = true,
    context = { only = { kind }, diagnostics = {} },
    filter = function(action)
      return action.title == title
    end,
  })
  await('the action ' .. title, function()
    return vim.b.changedtick ~= tick
  end)
  remember(title)
  vim.cmd('silent write')
  equal(title, read(vim.api.nvim_buf_get_name(0)), result)
end

local typed = 0

-- Types keys as a person would; done when the command behind them has run.
local function keys(text)
  typed = typed + 1
  vim.api.nvim_input(text .. ('<Cmd>let g:typed = %d<CR>'):format(typed))
  await('the keys ' .. text, function()
    return vim.g.typed == typed
  end)
  remember(text)
end

-- Tests. ---------------------------------------------------------------------------------------------------------------

local tests = {
  {
    'the position encoding is the one to be had',
    function()
      open(project .. '/crlf.py')
      equal('offset_encoding', client().offset_encoding, vim.env.SPAWNPROOF_ENCODING)
    end,
  },
  {
    'the root folder is that of the settings',
    function()
      equal('root_dir', uv.fs_realpath(client().config.root_dir), uv.fs_realpath(project))
    end,
  },
  {
    'diagnostics are those of the command line, in all files, also of Java, YAML and shell scripts',
    function()
      local findings = vim.json.decode(read(work .. '/findings.json')).findings
      local files = vim.fn.globpath(project, '*.{py,java,yml,sh}', false, true)
      assert(#findings > 6 and #files > 6, 'the command line finds little')
      for _, file in ipairs(files) do
        open(file)
        local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
        equal(file, shown(), expected(findings, vim.fs.basename(file), lines))
      end
    end,
  },
  {
    'hover shows the page of a finding, and not its last part',
    function()
      open(project .. '/inline_function_dont.py')
      local text = hover('lambda')
      has(text, 'A lambda is sent to another process, and a lambda cannot be pickled.')
      has(text, 'return pool.map(functools.partial(_task, factor), numbers)')
    end,
  },
  {
    'hover shows what a library call does',
    function()
      open(project .. '/hover.py')
      has(hover('Process'), 'pickled when a process starts')
    end,
  },
  {
    'hover explains an error text in a comment',
    function()
      has(hover("Can't pickle"), 'nested-function-crosses-process')
    end,
  },
  {
    'hover explains a key of YAML',
    function()
      open(project .. '/washer.yml')
      has(hover('py_modules'), '# jina-unimportable-py-modules')
    end,
  },
  {
    'the command explains an error text',
    function()
      local command = { title = '', command = 'spawnproof.explain', arguments = { read(work .. '/log') } }
      local answer
      local function take(problem, result)
        answer = { problem = problem, result = result }
      end
      if client().exec_cmd then
        client():exec_cmd(command, { bufnr = 0 }, take)
      else
        client().request('workspace/executeCommand', command, take, 0)
      end
      await('an answer', function()
        return answer
      end)
      equal('problem', answer.problem, nil)
      has(answer.result, 'nested-function-crosses-process')
    end,
  },
  {
    'a fix gives the text that the command line gives',
    function()
      open(project .. '/inline_function_dont.py')
      place_cursor('lambda')
      act('quickfix', 'Make it a function at module level', read(work .. '/fixed/inline_function_dont.py'))
      equal('shown', shown(), {})
    end,
  },
  {
    'so does an unsafe one',
    function()
      open(project .. '/start_dont.py')
      place_cursor('dep:')
      act('quickfix', 'Move the start under a main guard', read(work .. '/fixed-all/start_dont.py'))
    end,
  },
  {
    'in a shell script, too',
    function()
      open(project .. '/start.sh')
      place_cursor('spwan')
      act('quickfix', 'Write `spawn`', read(work .. '/fixed-all/start.sh'))
      equal('shown', shown(), {})
    end,
  },
  {
    'all safe fixes give the text that the command line gives, behind CRLF, emoji and tabs too',
    function()
      for _, file in ipairs({ 'crlf.py', 'several.py' }) do
        open(project .. '/' .. file)
        act('source.fixAll.spawnproof', 'Apply all safe fixes of Spawnproof', read(work .. '/fixed/' .. file))
      end
    end,
  },
  {
    'a finding is ignored here',
    function()
      open(project .. '/ignored.py')
      local text = read(project .. '/ignored.py')
      place_cursor('lambda')
      local ignored = text:gsub('(lambda[^\n\r]*)', '%1  # spawnproof: ignore[lambda-crosses-process]', 1)
      act('quickfix', 'Ignore lambda-crosses-process on this line', ignored)
    end,
  },
  {
    'and one in the file',
    function()
      place_cursor('Pool(2)')
      local rule = 'unguarded-process-start'
      local text = read(vim.api.nvim_buf_get_name(0))
      act('quickfix', 'Ignore ' .. rule .. ' in this file', '# spawnproof: ignore-file[' .. rule .. ']\r\n' .. text)
      equal('shown', shown(), {})
    end,
  },
  {
    'diagnostics follow what is typed',
    function()
      for _, file in ipairs({ 'typed.py', 'typed_crlf.py' }) do
        open(project .. '/' .. file)
        remember('opening ' .. file)
        keys('ggO# 😀 é<Esc>')
        keys('Go<CR>def more(numbers):<CR>with Pool(2) as pool:<CR>return "😀", pool.map(lambda n: "é😀", numbers)<Esc>')
        keys('^i"😀"; <Esc>')
        keys('/lambda<CR>cwlambda m, <Esc>')
        keys('A  # 😀<Esc>')
        keys('u')
        keys('<C-r>')
        keys('yyp')
        keys('ddP')
        keys('ggdd')
        keys('J')
        keys('uVGy')
        keys('Gp')
        keys(':%s/lambda/λ/g<CR>')
        keys('uggVG>')
        keys('ggVG<lt>')
        keys('ggdG')
        keys('u')
        keys('ggO"""<Esc>')
        keys('dd')
        keys(':2,4d<CR>')
        keys('u:2move $<CR>')
        keys('GA😀<BS><BS>é<C-w> # end<CR><Esc>')
        keys(':earlier 5<CR>')
        keys(':later 3<CR>')
        vim.cmd('silent write')
      end
    end,
  },
  { 'what was shown after each edit is what the command line says', check_remembered },
  {
    'the server ends when it is stopped',
    function()
      local stopped = client()
      if vim.fn.has('nvim-0.11') == 1 then
        stopped:stop()
      else
        stopped.stop()
      end
      await('the end of the client', function()
        return client() == nil
      end)
      await('the end of the process', function()
        local ended = uv.fs_stat(work .. '/ended')
        return ended and ended.size > 0
      end)
      equal('exit status', read(work .. '/ended'), '0\n')
      equal('standard error', read(work .. '/stderr'), '')
    end,
  },
  {
    'and is there again for the next file, but not where nothing is of Python',
    function()
      local started = uv.fs_stat(work .. '/started').size
      write(work .. '/flow.yml', 'jtype: Flow\n')
      vim.cmd.edit(vim.fn.fnameescape(work .. '/flow.yml'))
      vim.cmd.edit(vim.fn.fnameescape(project .. '/start_do.py'))
      vim.bo.filetype = 'python'
      settle()
      equal('servers started since', uv.fs_stat(work .. '/started').size - started, 1)
    end,
  },
  {
    'nothing was worth a line in the log',
    function()
      local log = vim.lsp.get_log_path()
      for line in vim.gsplit(uv.fs_stat(log) and read(log) or '', '\n') do
        assert(line == '' or line:find('^%[START%]'), line)
      end
    end,
  },
}

local function run()
  for _, test in ipairs(tests) do
    test[2]()
    table.insert(done, 'passed: ' .. test[1])
  end
end

vim.schedule(function()
  local test = coroutine.create(function()
    local ok, problem = xpcall(run, debug.traceback)
    if not ok then
      table.insert(done, 'FAILED: ' .. tests[#done + 1][1] .. '\n' .. problem)
    end
    finish(ok and 0 or 1)
  end)
  coroutine.resume(test)
end)
