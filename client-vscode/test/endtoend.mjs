// The extension in the real VS Code, used as a person uses it:  node endtoend.mjs PACKAGE.vsix OUTPUT_FOLDER [SCENARIO...]
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import assert from 'node:assert/strict';
import { until, Workbench } from './workbench.mjs';

const [vsix, output, ...chosen] = process.argv.slice(2);
const examples = new URL('../../scripts/examples', import.meta.url).pathname;

const LAMBDA = `from multiprocessing import Pool


def scaled(numbers):
    with Pool(2) as pool:
        return pool.map(lambda n: n * 10, numbers)
`;
const LAMBDA_FIXED = `from multiprocessing import Pool


def _task(n):
    return n * 10


def scaled(numbers):
    with Pool(2) as pool:
        return pool.map(_task, numbers)
`;

// The emoji is two UTF-16 units and four bytes, and lies before the finding.
const AWKWARD = 'from multiprocessing import Pool\r\n\r\n\r\ndef scaled(numbers):\r\n    with Pool(2) as pool:\r\n        return "é😀", pool.map(lambda n: "é😀", numbers)\r\n';
const AWKWARD_FIXED = 'from multiprocessing import Pool\r\n\r\n\r\ndef _task(n):\r\n    return "é😀"\r\n\r\n\r\ndef scaled(numbers):\r\n    with Pool(2) as pool:\r\n        return "é😀", pool.map(_task, numbers)\r\n';

// What is named lies beside it, once with a letter less.
const FLOW = 'jtype: Flow\nexecutors:\n  - py_modules: washer.py\n  - {name: "😀", py_modules: [washer.py, washr.py]}\n';

// One misspelling in each kind of file, behind an emoji in the first.
const ENVIRONMENTS = {
  '.env': '# 😀\nJINA_MP_START_METHOD=spwan\n',
  'Dockerfile': 'FROM python\nENV JINA_MP_START_METHOD=spwan\n',
  'start.sh': 'export JINA_MP_START_METHOD=spwan\n',
  'compose.yml': 'services:\n  jina:\n    environment:\n      JINA_MP_START_METHOD: spwan\n',
  'jina.service': '[Service]\nEnvironment=JINA_MP_START_METHOD=spwan\n',
  'tox.ini': '[testenv]\nsetenv = JINA_MP_START_METHOD=spwan\n',
  '.vscode/tasks.json': '{"version": "2.0.0", "tasks": [], "options": {"env": {"JINA_MP_START_METHOD": "spwan"}}}\n',
};

/** Two cells of code behind one of text: what the first defines is handed on by the second. */
const DEFINITION = 'def scaled(n):\n    return n * 10';
const NOTEBOOK = JSON.stringify({
  cells: ['# Prices', DEFINITION, 'from multiprocessing import Pool\n\nwith Pool(2) as pool:\n    pool.map(scaled, [1, 2])'].map((source, index) => ({
    id: `cell-${index}`, metadata: {}, source, ...(index === 0 ? { cell_type: 'markdown' } : { cell_type: 'code', execution_count: null, outputs: [] }),
  })),
  metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5,
});

/** Opens a project in which no Python file is open. */
async function openProject(vs, files) {
  const folder = mkdtempSync(path.join(base, 'project-'));
  for (const [name, text] of Object.entries({ 'requirements.txt': 'jina\n', ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  await vs.openFolder(folder);
}

/** Goes from an entry of the Problems view to the light bulb, and gives the entries of its menu. */
async function lightBulb(vs, row) {
  await row.dblclick();
  await vs.editor.locator('[class*="codicon-light"], [class*="codicon-gutter-lightbulb"]').first().click();
  const entries = vs.page.locator('.action-widget .monaco-list-row');
  await entries.first().waitFor();
  return entries;
}

async function lambdaProblem(vs) {
  return (await vs.problems()).filter({ hasText: 'lambda cannot be pickled' });
}

const scenarios = {
  async 'the Don\'t of the page is underlined and listed'(vs) {
    await vs.openFile('start_dont.py');
    await vs.squiggles('warning').first().waitFor();
    const row = (await vs.problems()).filter({ hasText: 'starts a process whenever this module is imported' });
    const text = (await row.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /spawnproof/, 'the source');
    assert.match(text, /unguarded-process-start/, 'the rule');
    assert.match(text, /\[Ln 11, Col 6\]/, 'the place');
    assert.equal(await row.locator('.codicon-warning').count(), 1, 'the severity');
    await vs.screenshot(output, 'diagnostics', '.part.editor', '.part.panel');
  },

  async 'it runs on the Java of the package, if that has one'(vs) {
    await vs.openFile('start_dont.py');
    await vs.squiggles('warning').first().waitFor();
    const own = readlinkSync(`/proc/${vs.javas()[0]}/exe`).startsWith(vs.base);
    assert.equal(own, vsix.includes('linux-x64'));
  },

  async 'hover shows the page of the rule'(vs) {
    await vs.openFile('inline_function_dont.py');
    await vs.squiggles('error').first().waitFor();
    await vs.goTo(8, 26);
    await vs.command('Show or Focus Hover');
    const hover = vs.page.locator('.monaco-hover:visible', { hasText: 'lambda-crosses-process' }).first();
    await hover.locator('.code .monaco-tokenized-source, .monaco-tokenized-source').first().waitFor();
    const text = await hover.innerText();
    assert.doesNotMatch(text, /```|\]\(http|^#/m, 'no Markdown is left as it was written');
    assert.match(await hover.locator('a.code-link').getAttribute('href'), /^https:\/\/docs\.python\.org\//, 'the rule links to the documentation');
    assert.ok((await hover.locator('code').count()) > 0, 'names as code');
    await vs.screenshot(output, 'hover', '.part.editor', '.monaco-hover:visible');
    await vs.page.keyboard.press('Escape');
  },

  async 'the light bulb fixes it'(vs) {
    writeFileSync(path.join(vs.workspace, 'bulb.py'), LAMBDA);
    await vs.openFile('bulb.py');
    await vs.squiggles('error').first().waitFor();
    const entries = await lightBulb(vs, await lambdaProblem(vs));
    await vs.screenshot(output, 'fix', '.part.editor');
    await entries.filter({ hasText: 'Make it a function at module level' }).first().click();
    await vs.squiggles('error').first().waitFor({ state: 'detached' });
    await (await lambdaProblem(vs)).waitFor({ state: 'detached' });
    await vs.save('bulb.py', LAMBDA_FIXED);
    await vs.screenshot(output, 'fixed');
  },

  async 'a finding is ignored by a comment'(vs) {
    writeFileSync(path.join(vs.workspace, 'ignored.py'), LAMBDA);
    await vs.openFile('ignored.py');
    await vs.squiggles('error').first().waitFor();
    const entries = await lightBulb(vs, await lambdaProblem(vs));
    await entries.filter({ hasText: 'Ignore' }).first().click();
    await vs.squiggles('error').first().waitFor({ state: 'detached' });
    await vs.save('ignored.py', LAMBDA.replace('numbers)\n', 'numbers)  # spawnproof: ignore[lambda-crosses-process]\n'));
    await vs.screenshot(output, 'ignored');
  },

  async 'what stands behind an emoji, in a file with CRLF, is found and fixed'(vs) {
    writeFileSync(path.join(vs.workspace, 'awkward.py'), AWKWARD);
    await vs.openFile('awkward.py');
    await vs.squiggles('error').first().waitFor();
    const row = await lambdaProblem(vs);
    assert.match(await row.innerText(), /\[Ln 6, Col 32\]/);
    const entries = await lightBulb(vs, row);
    await entries.filter({ hasText: 'Make it a function at module level' }).first().click();
    await vs.squiggles('error').first().waitFor({ state: 'detached' });
    await vs.save('awkward.py', AWKWARD_FIXED);
  },

  async 'a rule that is switched off is silent at once'(vs) {
    writeFileSync(path.join(vs.workspace, 'silent.py'), LAMBDA);
    await vs.openFile('silent.py');
    await vs.squiggles('error').first().waitFor();
    await vs.settings('Workspace', { 'spawnproof.ignore': ['lambda-crosses-process'] });
    await vs.squiggles('error').first().waitFor({ state: 'detached' });
    await vs.settings('Workspace', {});
    await vs.squiggles('error').first().waitFor();
  },

  async 'saving applies all safe fixes, if that is wanted'(vs) {
    writeFileSync(path.join(vs.workspace, 'onsave.py'), LAMBDA);
    await vs.openFile('onsave.py');
    await vs.squiggles('error').first().waitFor();
    await vs.settings('Workspace', { 'editor.codeActionsOnSave': { 'source.fixAll.spawnproof': 'explicit' } });
    await vs.goTo(1, 1);
    await vs.page.keyboard.insertText('# new\n');
    await vs.save('onsave.py', `# new\n${LAMBDA_FIXED}`);
    await vs.squiggles('error').first().waitFor({ state: 'detached' });
    await vs.settings('Workspace', {});
  },

  async 'all files are checked, also those that are not open'(vs) {
    writeFileSync(path.join(vs.workspace, 'closed.py'), LAMBDA);
    await vs.openFile('start_do.py');
    await vs.command('Spawnproof: Check All Files of the Workspace');
    await vs.notification(/Found \d+ errors and \d+ warnings in \d+ files\./).waitFor();
    const rows = await vs.problems();
    await rows.filter({ hasText: 'closed.py' }).waitFor();
    await rows.filter({ hasText: 'top_level_dont.py' }).waitFor();
    await vs.screenshot(output, 'all-files');
    await vs.openFile('closed.py');
    await vs.squiggles('error').first().waitFor();
    await vs.type('fine = True\n');
    await rows.filter({ hasText: 'closed.py' }).waitFor({ state: 'detached' });
    await vs.save('closed.py', 'fine = True\n');
    await vs.command('Notifications: Clear All Notifications');
  },

  async 'an error is explained, and a rule has its page'(vs) {
    writeFileSync(path.join(vs.workspace, 'log.py'), `# TypeError: cannot pickle '_thread.lock' object\n${LAMBDA}`);
    await vs.openFile('log.py');
    await vs.squiggles('error').first().waitFor();
    await vs.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
    await vs.page.keyboard.press('Control+Home');
    await vs.page.keyboard.press('Shift+End');
    await vs.command('Spawnproof: Explain the Selected Error (or the Clipboard)');
    assert.match(await vs.preview("cannot pickle '_thread.lock' object"), /unpicklable-argument/);
    await vs.screenshot(output, 'explained');
    await vs.openFile('log.py');
    await vs.goTo(7, 26);
    await vs.command('Spawnproof: Show the Page of a Rule');
    assert.match(await vs.preview('A lambda is sent to another process'), /References/);
    await vs.openFile('start_do.py');
    await vs.command('Spawnproof: Show the Page of a Rule');
    await vs.pick('cuda-before-fork');
    await vs.preview('CUDA');
    await vs.screenshot(output, 'rule');
  },

  async 'an error in a log is explained by a hover'(vs) {
    writeFileSync(path.join(vs.workspace, 'nightly.log'), "10:02 started\nAttributeError: Can't pickle local object 'main.<locals>.work'\n");
    await vs.openFile('start_do.py');
    await vs.openFile('nightly.log');
    await vs.goTo(2, 20);
    await vs.command('Show or Focus Hover');
    await vs.page.locator('.monaco-hover:visible', { hasText: 'nested-function-crosses-process' }).first().waitFor();
    await vs.screenshot(output, 'log');
    await vs.page.keyboard.press('Escape');
  },

  async 'the status shows what code is judged for, and switches it'(vs) {
    await vs.openFile('start_dont.py');
    await vs.squiggles('warning').first().waitFor();
    const status = vs.page.locator('.statusbar-item[id="status.languageStatus"]');
    const details = vs.page.locator('.hover-language-status').first();
    const shows = async (text) => {
      await until(`the status shows ${text}`, async () => {
        await vs.page.mouse.move(10, 10);
        await status.hover();
        await details.waitFor();
        return (await details.innerText()).includes(text);
      });
    };
    await shows('Windows, macOS and Linux with Python 3.10 to 3.15');
    await shows('Java ');
    await vs.screenshot(output, 'status');
    await details.locator('a', { hasText: 'Judge As…' }).click();
    await vs.pick('Linux with Python 3.13');
    await vs.squiggles('warning').first().waitFor({ state: 'detached' });
    await shows("Linux (the editor's settings) with Python 3.13 (the editor's settings)");
    await vs.command('Spawnproof: Judge As…');
    await vs.pick('All targets');
    await vs.squiggles('warning').first().waitFor();
  },

  async 'a server that was killed is started again'(vs) {
    writeFileSync(path.join(vs.workspace, 'killed.py'), LAMBDA);
    await vs.openFile('killed.py');
    await vs.squiggles('error').first().waitFor();
    const [before, ...others] = vs.javas();
    assert.deepEqual(others, [], 'one server');
    process.kill(before, 'SIGKILL');
    await until('there is another server', () => vs.javas().some((pid) => pid !== before));
    await vs.type(`${LAMBDA}\n\ndef twice(numbers):\n    with Pool(2) as pool:\n        return pool.map(lambda n: n * 2, numbers)\n`);
    await until('it finds what is new', async () => (await (await lambdaProblem(vs)).count()) === 2);
    await vs.command('File: Revert File');
    await vs.page.waitForSelector('.tab.dirty', { state: 'detached' }); // Else closing it would ask a question.
  },

  async 'a setting that names no Java is told, and one that does is obeyed'(vs) {
    writeFileSync(path.join(vs.workspace, 'java.py'), LAMBDA);
    await vs.openFile('java.py');
    await vs.squiggles('error').first().waitFor();
    await vs.settings('Remote', { 'spawnproof.java.home': '/no/java/here' });
    const message = vs.notification('The setting spawnproof.java.home does not name a Java 17 or later: no Java in /no/java/here.');
    await message.waitFor();
    await vs.squiggles('error').first().waitFor({ state: 'detached' });
    assert.deepEqual(vs.javas(), [], 'nothing runs');
    await vs.screenshot(output, 'no-java');
    await message.locator('.monaco-button', { hasText: 'Open Settings' }).click();
    await vs.page.locator('.settings-editor .setting-item', { hasText: 'Home' }).first().waitFor();
    await vs.showTab('java.py');
    await vs.command('Notifications: Clear All Notifications');
    await vs.settings('Remote', {});
    await vs.squiggles('error').first().waitFor();
    // It has ended cleanly before, and so has left its classes for the next start.
    const storage = readdirSync(path.join(vs.base, 'data/User/globalStorage/spawnproof.spawnproof'));
    assert.equal(storage.filter((name) => name.endsWith('.jsa')).length, vsix.includes('linux-x64') ? 0 : 1);
  },

  async 'a server that never lives is given up, and that is said once'(vs) {
    writeFileSync(path.join(vs.workspace, 'given-up.py'), LAMBDA);
    await vs.openFile('given-up.py');
    await vs.squiggles('error').first().waitFor();
    await vs.settings('Remote', { 'spawnproof.java.vmargs': '-XX:NoSuchOption' });
    await vs.notification('The server has ended 6 times and is not started again.').waitFor();
    assert.equal(await vs.page.locator('.notification-list-item').count(), 1);
    assert.deepEqual(vs.javas(), []);
    await vs.screenshot(output, 'given-up');
    await vs.settings('Remote', {});
    await vs.squiggles('error').first().waitFor();
  },

  async 'a Flow in YAML has findings, hovers, links and fixes'(vs) {
    await openProject(vs, { 'washer.py': 'fine = True\n', 'flow.yml': FLOW });
    await vs.openFile('flow.yml');
    await vs.squiggles('error').first().waitFor();
    const row = (await vs.problems()).filter({ hasText: 'jina-missing-path' });
    assert.match(await row.innerText(), /No folder of this project has the file[^]*\[Ln 4, Col 42\]/);
    await vs.goTo(3, 6);
    await vs.command('Show or Focus Hover');
    await vs.page.locator('.monaco-hover:visible', { hasText: 'jina-unimportable-py-modules' }).first().waitFor();
    await vs.screenshot(output, 'yaml');
    await vs.page.keyboard.press('Escape');
    await vs.page.locator('.active .detected-link', { hasText: 'washer.py' }).first().waitFor();
    await (await lightBulb(vs, row)).filter({ hasText: 'Take the file of nearly the same name' }).first().click();
    await vs.squiggles('error').first().waitFor({ state: 'detached' });
    await vs.save('flow.yml', FLOW.replace('washr.py', 'washer.py'));
  },

  async 'a misspelt start method is found wherever the environment is set, and mended'(vs) {
    await openProject(vs, ENVIRONMENTS);
    const rows = await vs.problems();
    let found = 0;
    for (const name of Object.keys(ENVIRONMENTS)) {
      await vs.openFile(name);
      await vs.page.locator('.part.panel .action-item', { hasText: 'Problems' }).locator('.badge-content', { hasText: `${++found}` }).waitFor();
    }
    await vs.screenshot(output, 'environment');
    await vs.showTab('.env');
    const entries = await lightBulb(vs, rows.filter({ hasText: '[Ln 2, Col 22]' }));
    await entries.filter({ hasText: 'Write `spawn`' }).first().click();
    await vs.squiggles('warning').first().waitFor({ state: 'detached' });
    await vs.save('.env', ENVIRONMENTS['.env'].replace('spwan', 'spawn'));
  },

  async 'a notebook is judged as a whole'(vs) {
    await openProject(vs, { 'prices.ipynb': NOTEBOOK });
    await vs.look('Control+P', path.join(vs.workspace, 'prices.ipynb'), 'prices.ipynb');
    const squiggle = vs.page.locator('.notebookOverlay .squiggly-warning');
    await squiggle.first().waitFor();
    const row = (await vs.problems()).filter({ hasText: 'so it has no `scaled`' });
    assert.match(await row.innerText(), /notebook-definition-crosses[^]*\[Ln 4, Col 14\]/);
    await row.dblclick();
    await vs.editor.waitFor();
    await vs.command('Show or Focus Hover');
    await vs.page.locator('.monaco-hover:visible', { hasText: 'notebook-definition-crosses' }).first().waitFor();
    await vs.screenshot(output, 'notebook');
    await vs.page.keyboard.press('Escape');
    // Another cell than the one with the finding.
    await vs.page.locator('.notebookOverlay .code-cell-row .view-lines').first().click();
    await vs.editor.waitFor();
    await vs.page.keyboard.press('Control+A');
    await vs.page.keyboard.insertText('from prices import scaled');
    await squiggle.first().waitFor({ state: 'detached' });
    await row.waitFor({ state: 'detached' });
    await vs.page.keyboard.press('Control+A');
    await vs.page.keyboard.insertText(DEFINITION);
    await (await lightBulb(vs, row)).filter({ hasText: 'Move it to a module beside the notebook' }).first().click();
    await squiggle.first().waitFor({ state: 'detached' });
    await row.waitFor({ state: 'detached' });
    await vs.command('File: Save All Files');
    await vs.onDisk('prices_workers.py', `${DEFINITION}\n`);
    const source = () => JSON.parse(readFileSync(path.join(vs.workspace, 'prices.ipynb'), 'utf8')).cells[1].source;
    await until('the notebook imports it', () => [source()].flat().join('') === 'from prices_workers import scaled');
    await vs.page.waitForSelector('.tab.dirty', { state: 'detached' });
  },
};

mkdirSync(output, { recursive: true });
const base = mkdtempSync(path.join(tmpdir(), 'spawnproof-vscode-'));
const workspace = path.join(base, 'shop');
cpSync(examples, workspace, { recursive: true });
const vs = await Workbench.open(path.join(base, 'profile'), vsix, workspace);
let status = 0;
for (const [name, scenario] of Object.entries(scenarios)) {
  if (chosen.length > 0 && !chosen.some((part) => name.includes(part))) {
    continue;
  }
  const began = Date.now();
  try {
    await scenario(vs);
    await vs.closeEditors();
    console.log(`ok    ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    status = 1;
    console.log(`FAIL  ${name} (${Date.now() - began} ms): ${error.stack}`);
    await vs.screenshot(output, 'failure');
    break; // What comes next would fail for what this has left behind.
  }
}
await vs.close();
rmSync(base, { recursive: true, force: true });
process.exit(status);
