import * as vscode from 'vscode';
import { Server, type State } from './server';

const PYTHON = ['file', 'untitled', 'vscode-notebook-cell'].map((scheme) => ({ scheme, language: 'python' }));

/** Where the server may have something to say; by name and text it takes less. Cells reach it with their notebook, since it asks for that. */
const LANGUAGES = ['python', 'java', 'yaml', 'dockercompose', 'github-actions-workflow', 'dotenv', 'shellscript', 'dockerfile', 'ini', 'plaintext', 'log', 'markdown'];
const SELECTOR = [
  ...LANGUAGES.flatMap((language) => [{ scheme: 'file', language }, { scheme: 'untitled', language }]),
  { scheme: 'file', pattern: '**/{.env*,*.env,*.service,.vscode/*.json}' },
  { notebook: '*', language: 'python' },
];

/** What code can be judged for; an absent setting leaves it to the project. */
const TARGETS: (vscode.QuickPickItem & { platforms?: string[]; pythonVersions?: string[] })[] = [
  { label: 'All targets', description: 'as the project says, else every platform' },
  { label: 'Windows', platforms: ['windows'] },
  { label: 'macOS', platforms: ['macos'] },
  { label: 'Linux', platforms: ['linux'] },
  { label: 'Linux with Python 3.14', description: 'processes start by forkserver', platforms: ['linux'], pythonVersions: ['3.14'] },
  { label: 'Linux with Python 3.13', description: 'processes start by fork', platforms: ['linux'], pythonVersions: ['3.13'] },
];

let running: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const server = (running = new Server(context, SELECTOR));
  // Pages of the server are documents that only their preview shows.
  const pages = new Map<string, string>();
  const written = new vscode.EventEmitter<vscode.Uri>();
  const show = async (name: string, question: string, argument: string) => {
    const uri = vscode.Uri.from({ scheme: 'spawnproof', path: `/${name}.md` });
    pages.set(uri.path, await server.ask<string>(question, argument));
    written.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
  // None of these may have the name of a command of the server: those are registered by the language client.
  const commands: Record<string, () => unknown> = {
    restartServer: () => server.restart(),
    showOutput: () => server.output.show(),
    judgeAs,
    checkAllFiles: async () => {
      const summary = await server.ask<string>('spawnproof.checkWorkspace');
      if (await vscode.window.showInformationMessage(summary, 'Show Problems')) {
        await vscode.commands.executeCommand('workbench.actions.view.problems');
      }
    },
    explainError: async () => {
      const editor = vscode.window.activeTextEditor;
      await show('explanation', 'spawnproof.explain', editor?.document.getText(editor.selection) || (await vscode.env.clipboard.readText()));
    },
    showRule: async () => {
      const rule = await chooseRule(server);
      await (rule && show(rule, 'spawnproof.rulePage', rule));
    },
  };
  context.subscriptions.push(
    server.output,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`spawnproof.${name}`, run)),
    vscode.workspace.registerTextDocumentContentProvider('spawnproof', { onDidChange: written.event, provideTextDocumentContent: (uri) => pages.get(uri.path) }),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('spawnproof.java') && server.restart()),
  );
  showStatus(context, server);
  void server.start();
}

export const deactivate = (): Promise<void> | undefined => running?.stop();

/** Shows in the status bar, beside the language, how the server does and what the open file is judged for. */
function showStatus(context: vscode.ExtensionContext, server: Server): void {
  const item = vscode.languages.createLanguageStatusItem('spawnproof', PYTHON);
  let state: State;
  const refresh = async () => {
    const shown = state;
    const file = vscode.window.activeTextEditor?.document;
    const judged = typeof shown === 'object' && file && vscode.languages.match(PYTHON, file) > 0;
    const targets = judged ? await server.ask<string>('spawnproof.targets', file.uri.toString()).catch(() => undefined) : undefined;
    if (shown === state) {
      item.busy = shown === undefined;
      item.severity = typeof shown === 'string' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
      item.text = targets?.replaceAll(' (default)', '') ?? (typeof shown === 'string' ? 'Spawnproof does not run' : 'Spawnproof');
      item.detail = typeof shown === 'object' ? `Spawnproof, Java ${shown.version}` : (shown ?? '');
      item.command = targets ? { command: 'spawnproof.judgeAs', title: 'Judge As…' } : { command: 'spawnproof.showOutput', title: 'Show Output' };
    }
  };
  server.onState = (next) => {
    state = next;
    void refresh();
  };
  context.subscriptions.push(item, vscode.window.onDidChangeActiveTextEditor(refresh), vscode.workspace.onDidSaveTextDocument(refresh));
}

async function judgeAs(): Promise<void> {
  const choice = await vscode.window.showQuickPick(TARGETS, { title: 'Judge Python code for', placeHolder: 'Where will it run? Settings files of the project count more' });
  if (choice) {
    const scope = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    const settings = vscode.workspace.getConfiguration('spawnproof');
    await settings.update('platforms', choice.platforms, scope);
    await settings.update('pythonVersions', choice.pythonVersions, scope);
  }
}

/** The rule of the finding at the cursor, else one that the user picks. */
async function chooseRule(server: Server): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const here = editor && vscode.languages.getDiagnostics(editor.document.uri).find((one) => one.source === 'spawnproof' && one.range.contains(editor.selection.active));
  if (here) {
    return String(typeof here.code === 'object' ? here.code.value : here.code);
  }
  const rules = await server.ask<{ id: string; summary: string }[]>('spawnproof.rules');
  return (await vscode.window.showQuickPick(rules.map(({ id, summary }) => ({ label: id, detail: summary })), { title: 'Rules of Spawnproof', matchOnDetail: true }))?.label;
}
