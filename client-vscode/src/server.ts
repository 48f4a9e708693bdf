import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CloseAction, type DocumentSelector, ErrorAction, LanguageClient, RevealOutputChannelOn } from 'vscode-languageclient/node';
import { archiveFile, findJava, type Java, keepArchive, serverArguments, splitOptions } from './java';

const RESTARTS = 5;
const FORGIVEN_MILLIS = 180_000; // A server that ran so long did start; the crashes before it are forgotten.
const END_MILLIS = 4_000; // How long a server may take to end when it was asked to.

/** The Java on which the server runs, or why it does not run; undefined while it starts. */
export type State = Java | string | undefined;

type Run = Readonly<{ client: LanguageClient; java: Java; process: ChildProcess; exited: Promise<void>; began: number }>;

/** What goes wrong is told here, once: the client only logs it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The language server: one process, started again when it crashes. */
export class Server {
  readonly output = vscode.window.createOutputChannel('Spawnproof', { log: true });
  onState: (state: State) => void = () => undefined;
  private run: Run | undefined;
  private crashes = 0;
  private again: NodeJS.Timeout | undefined;
  /** Starting and stopping happen one after the other. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext, private readonly selector: DocumentSelector) {}

  /** Asks the server; throws what a user can read if it does not run. */
  async ask<T>(command: string, ...args: unknown[]): Promise<T> {
    if (!this.run?.client.isRunning()) {
      throw new Error('Spawnproof is not running: see its output.');
    }
    return this.run.client.sendRequest<T>('workspace/executeCommand', { command, arguments: args });
  }

  async restart(): Promise<void> {
    this.crashes = 0;
    await this.stop();
    await this.start();
  }

  async start(): Promise<void> {
    this.onState(undefined);
    let run: Run | undefined;
    try {
      run = await this.next(() => this.launch());
      await run?.client.start();
      if (run && run === this.run) {
        this.onState(run.java);
      }
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      this.crashed(run);
    }
  }

  stop(): Promise<void> {
    return this.next(async () => {
      clearTimeout(this.again);
      const run = this.run;
      this.again = this.run = undefined;
      if (run) {
        await (run.client.isRunning() ? run.client.stop().catch((error: unknown) => this.output.warn(String(error))) : run.process.kill());
        const patience = setTimeout(() => run.process.kill('SIGKILL'), END_MILLIS);
        await run.exited;
        clearTimeout(patience);
      }
    });
  }

  private next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Starts the process; tells the user and gives nothing if there is no Java. */
  private async launch(): Promise<Run | undefined> {
    if (this.run) {
      return undefined;
    }
    const settings = vscode.workspace.getConfiguration('spawnproof.java');
    const bundled = this.context.asAbsolutePath('jre');
    const java = await findJava({ setting: settings.get('home', '').trim(), bundled, environment: process.env, platform: process.platform, userHome: homedir() });
    if (typeof java === 'string') {
      // In a remote window the setting is one of the remote machine, and VS Code finds it there only.
      const where = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
      this.fail(java, 'Open Settings', () => vscode.commands.executeCommand(`workbench.action.${where}`, { query: 'spawnproof.java.home' }));
      return undefined;
    }
    this.output.info(`Java ${java.build}, from ${java.from}: ${java.command}`);
    const storage = this.context.globalStorageUri.fsPath;
    mkdirSync(storage, { recursive: true });
    const jar = this.context.asAbsolutePath(path.join('server', 'spawnproof.jar'));
    const archive = archiveFile(java, jar, String(this.context.extension.packageJSON.version), storage);
    const options = serverArguments(java, jar, archive, splitOptions(settings.get<string | string[]>('vmargs', '')));
    // Not in a folder of the user's: the JVM writes reports of its own crashes where it runs.
    const child = spawn(java.command, options, { cwd: storage, env: environment(), windowsHide: true });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const exited = new Promise<void>((resolve) => child.once('exit', (code, signal) => {
      this.output.info(`The server has ended (${signal ?? code}).`);
      resolve(code === 0 ? keepArchive(archive) : undefined);
    }));
    const client = new QuietClient('spawnproof', 'Spawnproof', () => Promise.resolve(child), {
      documentSelector: this.selector,
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      // The server asks for new settings; when it has them, it may judge for something else.
      middleware: { workspace: { configuration: (params, token, next) => (setTimeout(() => run === this.run && run.client.isRunning() && this.onState(java)), next(params, token)) } },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => (this.crashed(run), { action: CloseAction.DoNotRestart, handled: true, message: 'The connection to the server has ended.' }),
      },
    });
    const run: Run = { client, java, process: child, exited, began: Date.now() };
    this.run = run;
    return run;
  }

  /** Starts the server again, later with every crash, and in the end no more. */
  private crashed(run: Run | undefined): void {
    if (run !== this.run) {
      return; // Stopped on purpose, or known already.
    }
    this.run = undefined;
    run?.process.kill();
    this.crashes = run && Date.now() - run.began > FORGIVEN_MILLIS ? 1 : this.crashes + 1;
    if (this.crashes > RESTARTS) {
      this.fail(`The server has ended ${this.crashes} times and is not started again.`, 'Show Output', () => this.output.show());
    } else {
      this.onState(undefined);
      this.again = setTimeout(() => void this.start(), 250 * 2 ** (this.crashes - 1));
    }
  }

  private fail(problem: string, button: string, act: () => unknown): void {
    this.output.error(problem);
    this.onState(problem);
    void vscode.window.showErrorMessage(`Spawnproof: ${problem}`, button).then((choice) => choice && act());
  }
}

/** Without a UTF-8 locale Java on Linux cannot name files that are not ASCII. */
function environment(): NodeJS.ProcessEnv {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  return process.platform === 'linux' && !/utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? { ...process.env, LC_ALL: 'C.UTF-8' } : process.env;
}
