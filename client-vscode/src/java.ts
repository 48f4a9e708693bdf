import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import * as path from 'node:path';

/** The oldest Java that runs the server. */
const NEEDED = 17;

/** Where to look for a Java. */
export interface Places {
  /** The setting `spawnproof.java.home`; empty if it is not set. */
  readonly setting: string;
  /** The runtime that the extension may bring along. */
  readonly bundled: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly userHome: string;
  /** The usual places, instead of the platform's: folders of Java homes. */
  readonly usual?: readonly string[];
}

/** A Java that runs the server. The build is its full version: archives of one build do not fit another. */
export interface Java {
  readonly command: string;
  readonly version: number;
  readonly build: string;
  readonly from: string;
}

/** Why there is no Java to run, for the user. */
export interface NoJava {
  readonly problem: string;
}

/**
 * Finds a Java: that of the setting or none; else that of the extension, of JAVA_HOME, JDK_HOME or PATH; else the
 * newest of the usual places.
 */
export async function findJava(places: Places): Promise<Java | NoJava> {
  const { setting, environment, platform } = places;
  if (setting !== '') {
    // People name the program, its folder or the folder above that; the last is meant.
    const home = setting.replace(/^~(?=[/\\]|$)/, () => places.userHome).replace(/[/\\]+$/, '').replace(/([/\\]bin)?([/\\]java(\.exe)?)?$/, '');
    const java = await examine(home, program(home, platform), 'the setting');
    return isJava(java) ? java : { problem: `The setting spawnproof.java.home does not name a Java ${NEEDED} or later: ${java.problem}.` };
  }

  const rejected = new Set<string>();
  const homes = { 'the extension': existsSync(places.bundled) ? places.bundled : undefined, JAVA_HOME: environment['JAVA_HOME'], JDK_HOME: environment['JDK_HOME'] };
  const named = Object.entries(homes).flatMap(([from, home]) => (home ? [{ from, home, command: program(home, platform) }] : []));
  for (const { from, home, command } of [...named, ...inPath(places)]) {
    const java = await examine(home, command, from);
    if (isJava(java)) {
      return java;
    }
    rejected.add(`${java.problem} (${from})`);
  }
  let newest: Java | undefined;
  for (const home of usualPlaces(places).flatMap(foldersIn)) {
    const command = program(home, platform);
    const java = command && (await examine(home, command, 'the usual places'));
    if (java && !isJava(java)) {
      rejected.add(java.problem);
    } else if (java && java.version > (newest?.version ?? 0)) {
      newest = java;
    }
  }
  const found = rejected.size > 0 ? ` Found only: ${[...rejected].join('; ')}.` : '';
  return newest ?? { problem: `Java ${NEEDED} or later is needed, and there is none.${found}` };
}

export function isJava(result: Java | NoJava): result is Java {
  return 'command' in result;
}

async function examine(home: string, command: string | undefined, from: string): Promise<Java | NoJava> {
  if (command === undefined) {
    return { problem: `no Java in ${home}` };
  }
  const build = statedVersion(path.dirname(path.dirname(command))) ?? (await askVersion(command));
  const version = Number(/^(?:1\.)?(\d+)/.exec(build)?.[1]);
  if (!version) {
    return { problem: `${command} does not start` };
  }
  return version < NEEDED ? { problem: `Java ${version} in ${home} is too old` } : { command, version, build, from };
}

function program(home: string, platform: NodeJS.Platform): string | undefined {
  const name = platform === 'win32' ? 'java.exe' : 'java';
  return [path.join(home, 'bin', name), path.join(home, 'Contents', 'Home', 'bin', name)].find(isFile);
}

/** The version that a file beside most Javas states: nothing has to be started for it. */
function statedVersion(home: string): string | undefined {
  const file = path.join(home, 'release');
  const text = isFile(file) ? readFileSync(file, 'utf8') : '';
  const [version, ...rest] = ['JAVA_VERSION', 'JAVA_RUNTIME_VERSION', 'IMPLEMENTOR'].map((key) => new RegExp(`^${key}="?([^"\\r\\n]+)`, 'm').exec(text)?.[1]);
  return version && [version, ...rest].join(' ').trim();
}

function askVersion(command: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, ['-version'], { timeout: 20_000, windowsHide: true }, (_failure, out, err) => resolve(/ version "([^"]+)/.exec(err + out)?.[1] ?? ''));
  });
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort().map((name) => path.join(folder, name)) : [];
}

function inPath({ environment, platform }: Places): { from: string; home: string; command: string }[] {
  const [separator, name] = platform === 'win32' ? [';', 'java.exe'] : [':', 'java'];
  const found = (environment['PATH'] ?? '').split(separator).map((bin) => path.join(bin, name)).filter((file) => path.isAbsolute(file) && isFile(file));
  // Behind its links a Java lies in its home. A program that only chooses a Java lies anywhere, and is asked.
  return found.map((file) => realpathSync(file)).map((command) => ({ from: 'PATH', home: path.dirname(command), command }));
}

function usualPlaces({ usual, userHome, platform, environment }: Places): readonly string[] {
  const programs = environment['ProgramFiles'] ?? 'C:\\Program Files';
  const ofPlatform = platform === 'win32' ? ['Java', 'Eclipse Adoptium', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft', 'Semeru'].map((vendor) => path.join(programs, vendor))
    : platform === 'darwin' ? ['/Library/Java/JavaVirtualMachines', path.join(userHome, 'Library/Java/JavaVirtualMachines'), '/opt/homebrew/opt', '/usr/local/opt']
    : ['/usr/lib/jvm', '/usr/lib64/jvm', '/opt'];
  return usual ?? [...ofPlatform, ...['.sdkman/candidates/java', '.jdks', '.asdf/installs/java'].map((place) => path.join(userHome, place))];
}

/** Options of the JVM as the setting has them: a list, or one text in which quotes hold blanks together. */
export function splitOptions(setting: readonly string[] | string): string[] {
  const options = typeof setting === 'string' ? setting.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) : undefined;
  return options?.map((option) => option.replace(/"([^"]*)"|'([^']*)'/g, '$1$2')) ?? (typeof setting === 'string' ? [] : [...setting]);
}

/** What the JVM is started with; the archive is a file of loaded classes, which {@link keepArchive} keeps. */
export function serverArguments(java: Java, jar: string, archive: string, options: readonly string[]): string[] {
  const shipped = path.join(path.dirname(path.dirname(java.command)), 'lib', 'spawnproof.aot');
  const classes = isFile(shipped) ? [`-XX:AOTCache=${shipped}`]
    : isFile(archive) ? [`-XX:SharedArchiveFile=${archive}`]
    : [`-XX:ArchiveClassesAtExit=${newArchive(archive)}`, '-Xlog:cds*=error:stderr'];
  return [
    // The first compiler alone: a server lives on code that has not run often.
    '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx256m', '-XX:+ExitOnOutOfMemoryError',
    // The JVM would print warnings of its own on standard output, which is the protocol's.
    '-Xlog:disable', '-Xlog:all=warning:stderr', ...classes, ...options, '-jar', jar, 'server',
  ];
}

/** The archive for one build of Java and one of the server. */
export function archiveFile(java: Java, jar: string, release: string, folder: string): string {
  const key = createHash('sha256').update([java.command, java.build, jar, release].join('\n')).digest('hex');
  return path.join(folder, `classes-${key.slice(0, 16)}.jsa`);
}

/** Puts what a server has written at its clean end in its place: a half-written archive would crash Java 17. */
export function keepArchive(archive: string): void {
  if (isFile(newArchive(archive))) {
    renameSync(newArchive(archive), archive);
    const others = foldersIn(path.dirname(archive)).filter((file) => file !== archive && path.basename(file).startsWith('classes-'));
    others.forEach((file) => rmSync(file, { force: true }));
  }
}

function newArchive(archive: string): string {
  return `${archive}.${process.pid}`; // Other windows write their own.
}
