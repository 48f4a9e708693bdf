import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from 'vscode-languageclient/node';
import { archiveFile, findJava, isJava, type Java, keepArchive, serverArguments, splitOptions } from './java';

const RESTARTS = 5;
/** A server that ran so long has not failed to start; its crashes before that are forgotten. */
const FORGIVEN_MILLIS = 180_000;
/** How long a server may take to end when it was asked to. */
const END_MILLIS = 4_000;

export type State = { readonly kind: 'starting' } | { readonly kind: 'running'; readonly java: Java } | { readonly kind: 'failed'; readonly problem: string };

interface Run {
  readonly client: LanguageClient;
  readonly java: Java;
  readonly process: ChildProcess;
  readonly exited: Promise<void>;
  readonly began: number;
}

/** The language server: one process, started again when it crashes. */
export class Server {
  readonly output = vscode.window.createOutputChannel('Spawnproof', { log: true });
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChangeState = this.changed.event;
  private run: Run | undefined;
  private crashes = 0;
  private again: NodeJS.Timeout | undefined;
  /** Starting and stopping happen one after the other. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext, private readonly selector: { scheme: string; language: string }[]) {}

  /** Asks the server; gives nothing if it does not run. */
  async ask<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
    return this.run?.client.isRunning() ? this.run.client.sendRequest<T>('workspace/executeCommand', { command, arguments: args }) : undefined;
  }

  /** The same for somebody who waits for the answer, and is told if there is none. */
  async askForUser<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
    if (this.run?.client.isRunning()) {
      return this.ask<T>(command, ...args);
    }
    void vscode.window.showWarningMessage('Spawnproof is not running.', 'Restart').then((choice) => choice && this.restart());
    return undefined;
  }

  restart(): Promise<void> {
    this.crashes = 0;
    return this.stop().then(() => this.start());
  }

  async start(): Promise<void> {
    this.changed.fire({ kind: 'starting' });
    let run: Run | undefined;
    try {
      run = await this.next(() => this.launch());
      await run?.client.start();
      if (run && run === this.run) {
        this.changed.fire({ kind: 'running', java: run.java });
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
        await (run.client.isRunning() ? run.client.stop() : Promise.reject(new Error('the server had not started')))
          .catch((error: unknown) => this.output.warn(String(error)) ?? run.process.kill());
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
    const java = await findJava({
      setting: settings.get('home', '').trim(),
      bundled: this.context.asAbsolutePath('jre'),
      environment: process.env,
      platform: process.platform,
      userHome: homedir(),
    });
    if (!isJava(java)) {
      this.fail(java.problem, 'Open Settings', () => openSettings('spawnproof.java.home'));
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
      if (code === 0) {
        keepArchive(archive);
      }
      resolve();
    }));
    const client = new LanguageClient('spawnproof', 'Spawnproof', () => Promise.resolve(child), {
      documentSelector: this.selector,
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.crashed(run);
          return { action: CloseAction.DoNotRestart, handled: true, message: 'The connection to the server has ended.' };
        },
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
      this.changed.fire({ kind: 'starting' });
      this.again = setTimeout(() => void this.start(), 250 * 2 ** (this.crashes - 1));
    }
  }

  private fail(problem: string, button: string, act: () => unknown): void {
    this.output.error(problem);
    this.changed.fire({ kind: 'failed', problem });
    void vscode.window.showErrorMessage(`Spawnproof: ${problem}`, button).then((choice) => choice && act());
  }
}

/** Shows a setting of the machine: in a remote window, the remote one's, where VS Code looks for it. */
function openSettings(query: string): Thenable<unknown> {
  return vscode.env.remoteName === undefined
    ? vscode.commands.executeCommand('workbench.action.openSettings', query)
    : vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query });
}

/** Without a UTF-8 locale Java on Linux cannot name files that are not ASCII. */
function environment(): NodeJS.ProcessEnv {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  const spoken = LC_ALL || LC_CTYPE || LANG || '';
  return process.platform === 'linux' && !/utf-?8/i.test(spoken) ? { ...process.env, LC_ALL: 'C.UTF-8' } : process.env;
}
