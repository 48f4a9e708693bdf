// VS Code as a person sees it: code-server with the extension installed, and a browser in which to use it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import path from 'node:path';

const { NODE24, CODE_SERVER, PLAYWRIGHT, CHROMIUM } = process.env;
const { chromium } = createRequire(import.meta.url)(PLAYWRIGHT);

/** A limit, not a time to wait: everything waits for what it needs. */
export const PATIENCE_MILLIS = 120_000;

// No questions, no tips, no looking things up; the extension's own settings are those of a new user.
const SETTINGS = {
  'security.workspace.trust.enabled': false, 'workbench.startupEditor': 'none', 'workbench.tips.enabled': false, 'workbench.editor.useModal': 'off', 'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true, 'chat.commandCenter.enabled': false, 'git.enabled': false, 'window.restoreWindows': 'none', 'files.autoSave': 'off',
  // What is typed shall be what arrives, and what is shown shall be readable in the page.
  'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.autoSurround': 'never', 'editor.autoIndent': 'none', 'editor.quickSuggestions': false, 'editor.suggestOnTriggerCharacters': false,
  'editor.accessibilitySupport': 'off', 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.layoutControl.enabled': false, 'editor.minimap.enabled': false, 'editor.lightbulb.enabled': 'on', 'breadcrumbs.enabled': false, 'window.title': 'VS Code',
};

export async function until(what, condition) {
  for (const end = Date.now() + PATIENCE_MILLIS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
    const value = await condition();
    if (value) {
      return value;
    }
  }
  throw new Error(`never: ${what}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class Workbench {
  /** Installs the package into a fresh profile below a folder, and opens the workspace. */
  static async open(base, vsix, workspace) {
    rmSync(base, { recursive: true, force: true });
    for (const folder of ['home', 'data/User', 'data/Machine', 'extensions']) {
      mkdirSync(path.join(base, folder), { recursive: true });
    }
    writeFileSync(path.join(base, 'data/User/settings.json'), JSON.stringify(SETTINGS, null, 2));
    const env = {
      ...process.env, HOME: path.join(base, 'home'), XDG_CONFIG_HOME: path.join(base, 'home/.config'), XDG_DATA_HOME: path.join(base, 'home/.local/share'),
      PATH: `${path.dirname(NODE24)}:${process.env.PATH}`,
      // A closed port instead of a gallery of extensions.
      EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: 'http://127.0.0.1:9/none', itemUrl: '', resourceUrlTemplate: '' }),
    };
    const options = [CODE_SERVER, '--user-data-dir', path.join(base, 'data'), '--extensions-dir', path.join(base, 'extensions')];
    const log = openSync(path.join(base, 'code-server.log'), 'a');
    if (spawnSync(NODE24, [...options, '--install-extension', vsix], { env, stdio: ['ignore', log, log] }).status !== 0) {
      throw new Error(`the package cannot be installed: ${readFileSync(path.join(base, 'code-server.log'), 'utf8')}`);
    }
    const port = await freePort();
    const flags = ['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'];
    // In a process group of its own, so that all of it can be ended.
    const server = spawn(NODE24, [...options, ...flags], { env, stdio: ['ignore', log, log], detached: true });
    const self = new Workbench();
    Object.assign(self, { base, server, url: `http://127.0.0.1:${port}/` });
    await until('code-server listens', () => new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    }));
    self.browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-proxy-server'] });
    self.page = await self.browser.newPage({ viewport: { width: 1100, height: 720 } });
    self.page.setDefaultTimeout(PATIENCE_MILLIS);
    await self.openFolder(workspace);
    return self;
  }

  async openFolder(folder) {
    this.workspace = folder;
    await this.page.goto(`${this.url}?folder=${encodeURIComponent(folder)}`);
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  async close() {
    await this.browser?.close();
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    if (this.server.exitCode === null) {
      process.kill(-this.server.pid, 'SIGTERM');
      const patience = setTimeout(() => process.kill(-this.server.pid, 'SIGKILL'), 10_000);
      await ended;
      clearTimeout(patience);
    }
  }

  /** The language servers that this VS Code has started, by number. */
  javas() {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path.join(this.base, 'extensions')) && path.basename(readlinkSync(`/proc/${pid}/exe`)) === 'java';
      } catch {
        return false; // Ended meanwhile, or a process of the kernel.
      }
    });
  }

  /** The editor that has the focus; one that is about to have it would take it from a list that is opened before. */
  get editor() {
    return this.page.locator('.part.editor .monaco-editor.focused, .notebookOverlay .monaco-editor.focused');
  }

  // What a person does.

  /** Runs a command by its title. */
  async command(title) {
    await this.look('F1', `>${title}`, title);
  }

  /** Opens a list by a key, looks for a text in it, and takes an entry. */
  async look(key, text, label) {
    await this.page.keyboard.press(key);
    const input = this.page.locator('.quick-input-widget:visible input.input');
    await input.waitFor();
    await input.fill(text);
    // What matches is highlighted: an entry without is of the list before the text, which is about to go.
    await this.pick(label, ':has(.highlight)');
  }

  /** Takes an entry of the list that is open, by its whole name; VS Code may add where it belongs, in parentheses. */
  async pick(label, state = '') {
    const name = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\(.*\\))?$`);
    const row = this.page.locator(`.quick-input-widget:visible .monaco-list-row${state}`, { has: this.page.locator('.label-name', { hasText: name }) }).first();
    await row.click();
    await row.waitFor({ state: 'hidden' });
    await this.page.mouse.move(200, 600); // Away from everything that explains itself.
  }

  async openFile(name) {
    const file = path.basename(name);
    await this.look('Control+P', path.join(this.workspace, name), file);
    await this.page.waitForSelector(`.tab.active[data-resource-name="${file}"]`);
    await this.editor.waitFor();
  }

  /** Goes back to a file that is open. */
  async showTab(name) {
    await this.page.locator(`.tab[data-resource-name="${name}"]`).click();
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await this.editor.waitFor();
  }

  async closeEditors() {
    await this.command('View: Close All Editors');
    await this.page.waitForSelector('.tab', { state: 'detached' });
  }

  async goTo(line, column) {
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget:visible input.input');
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Replaces the text of the open file. */
  async type(text) {
    await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  /** Saves what has changed, once it has, and waits until the file has the text. */
  async save(name, text) {
    await this.page.waitForSelector('.tab.active.dirty');
    await this.page.keyboard.press('Control+S');
    await this.onDisk(name, text);
  }

  async onDisk(name, text) {
    const file = path.join(this.workspace, name);
    let last;
    await until(`${name} has the text`, () => (last = readFileSync(file, 'utf8')) === text).catch((error) => {
      throw new Error(`${error.message}; it has ${JSON.stringify(last)}`);
    });
  }

  /** Sets all settings of the workspace, or of the remote machine, in the editor; the file that was open is shown again. */
  async settings(where, settings) {
    const before = await this.page.locator('.tab.active').getAttribute('data-resource-name');
    await this.command(`Preferences: Open ${where} Settings (JSON)`);
    await this.page.waitForSelector('.tab.active[data-resource-name="settings.json"]');
    await this.type(JSON.stringify(settings));
    const file = where === 'Workspace' ? '.vscode/settings.json' : path.relative(this.workspace, path.join(this.base, 'data/Machine/settings.json'));
    await this.save(file, JSON.stringify(settings));
    await this.showTab(before);
  }

  // What a person sees.

  squiggles(severity) {
    return this.page.locator(`.editor-group-container.active .monaco-editor .squiggly-${severity}`);
  }

  async problems() {
    if (!(await this.page.locator('.markers-panel').isVisible())) {
      await this.page.keyboard.press('Control+Shift+M');
    }
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  notification(text) {
    return this.page.locator('.notification-list-item', { hasText: text }).first();
  }

  /** Waits for a preview of Markdown that has a text, and the focus; gives all of its text. */
  async preview(text) {
    await this.page.waitForFunction(() => globalThis.document.activeElement.tagName === 'IFRAME');
    return until(`a preview with ${text}`, async () => {
      for (const frame of this.page.frames()) {
        const shown = await frame.evaluate(() => globalThis.document.querySelector('.markdown-body')?.innerText ?? '').catch(() => '');
        if (shown.includes(text)) {
          return shown;
        }
      }
      return undefined;
    });
  }

  /** Takes a picture of all, or of some parts. */
  async screenshot(folder, name, ...parts) {
    const boxes = await Promise.all(parts.map((part) => this.page.locator(part).first().boundingBox()));
    const [x, y] = ['x', 'y'].map((side) => Math.min(...boxes.map((box) => box[side])));
    const clip = { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, height: Math.max(...boxes.map((box) => box.y + box.height)) - y };
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), ...(parts.length > 0 && { clip }) });
  }
}
