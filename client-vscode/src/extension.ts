import * as vscode from 'vscode';
import { Server, type State } from './server';

const SELECTOR = ['file', 'untitled'].map((scheme) => ({ scheme, language: 'python' }));

/** What code can be judged for; an absent setting leaves it to the project. */
const TARGETS: (vscode.QuickPickItem & { platforms?: string[]; pythonVersions?: string[] })[] = [
  { label: 'All targets', description: 'as the project says, else every platform' },
  { label: 'Windows', platforms: ['windows'] },
  { label: 'macOS', platforms: ['macos'] },
  { label: 'Linux', platforms: ['linux'] },
  { label: 'Linux with Python 3.14', description: 'processes start by forkserver', platforms: ['linux'], pythonVersions: ['3.14'] },
  { label: 'Linux with Python 3.13', description: 'processes start by fork', platforms: ['linux'], pythonVersions: ['3.13'] },
];

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const running = new Server(context, SELECTOR);
  server = running;
  const pages = new Pages();
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`spawnproof.${name}`, run);
  context.subscriptions.push(
    running.output,
    vscode.workspace.registerTextDocumentContentProvider(Pages.SCHEME, pages),
    // None of these may have the name of a command of the server, which the language client registers.
    command('restartServer', () => running.restart()),
    command('showOutput', () => running.output.show()),
    command('judgeAs', judgeAs),
    command('checkAllFiles', async () => {
      const summary = await running.askForUser<string>('spawnproof.checkWorkspace');
      if (summary !== undefined && (await vscode.window.showInformationMessage(summary, 'Show Problems'))) {
        await vscode.commands.executeCommand('workbench.actions.view.problems');
      }
    }),
    command('explainError', async () => {
      const editor = vscode.window.activeTextEditor;
      const selected = editor?.document.getText(editor.selection) ?? '';
      const explained = await running.askForUser<string>('spawnproof.explain', selected || (await vscode.env.clipboard.readText()));
      await pages.show('explanation', explained);
    }),
    command('showRule', async () => {
      const rule = ruleAtCursor() ?? (await pickRule(running));
      await pages.show(rule, rule && (await running.askForUser<string>('spawnproof.rulePage', rule)));
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('spawnproof.java')) {
        void running.restart();
      }
    }),
  );
  showStatus(context, running);
  void running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Shows in the status bar, beside the language, how the server does and what the open file is judged for. */
function showStatus(context: vscode.ExtensionContext, running: Server): void {
  const item = vscode.languages.createLanguageStatusItem('spawnproof', SELECTOR);
  let state: State = { kind: 'starting' };
  const refresh = async () => {
    const now = state;
    item.busy = now.kind === 'starting';
    item.severity = now.kind === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.command = { command: 'spawnproof.showOutput', title: 'Show Output' };
    item.detail = now.kind === 'failed' ? now.problem : '';
    item.text = now.kind === 'failed' ? 'Spawnproof does not run' : 'Spawnproof';
    const file = vscode.window.activeTextEditor?.document;
    if (now.kind === 'running' && file && vscode.languages.match(SELECTOR, file) > 0) {
      const targets = await running.ask<string>('spawnproof.targets', file.uri.toString());
      if (now === state && targets) {
        item.text = targets;
        item.detail = `Spawnproof, Java ${now.java.version}`;
        item.command = { command: 'spawnproof.judgeAs', title: 'Judge As…' };
      }
    }
  };
  context.subscriptions.push(
    item,
    running.onDidChangeState((next) => {
      state = next;
      void refresh();
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidSaveTextDocument(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('spawnproof') && refresh()),
  );
}

async function judgeAs(): Promise<void> {
  const choice = await vscode.window.showQuickPick(TARGETS, { title: 'Judge Python code for', placeHolder: 'Where will it run? A settings file of the project counts more' });
  if (choice) {
    const scope = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    const settings = vscode.workspace.getConfiguration('spawnproof');
    await settings.update('platforms', choice.platforms, scope);
    await settings.update('pythonVersions', choice.pythonVersions, scope);
  }
}

function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const here = editor && vscode.languages.getDiagnostics(editor.document.uri).find((one) => one.source === 'spawnproof' && one.range.contains(editor.selection.active));
  const code = typeof here?.code === 'object' ? here.code.value : here?.code;
  return code?.toString();
}

async function pickRule(running: Server): Promise<string | undefined> {
  const rules = await running.askForUser<{ id: string; summary: string }[]>('spawnproof.rules');
  const items = rules?.map(({ id, summary }) => ({ label: id, detail: summary }));
  return items && (await vscode.window.showQuickPick(items, { title: 'Rules of Spawnproof', matchOnDetail: true }))?.label;
}

/** Pages of the server, as documents that only their preview shows. */
class Pages implements vscode.TextDocumentContentProvider {
  static readonly SCHEME = 'spawnproof';
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  async show(name: string | undefined, markdown: string | undefined): Promise<void> {
    if (name !== undefined && markdown !== undefined) {
      const uri = vscode.Uri.from({ scheme: Pages.SCHEME, path: `/${name}.md` });
      this.texts.set(uri.path, markdown);
      this.changed.fire(uri);
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    }
  }
}
