import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import * as path from 'node:path';

const NEEDED = 17;

/** Where to look: the setting may be empty, the bundled runtime need not exist; usual places are the platform's, if not given. */
export type Places = Readonly<{ setting: string; bundled: string; environment: NodeJS.ProcessEnv; platform: NodeJS.Platform; userHome: string; usual?: readonly string[] }>;

/** A Java, with its full version: archives of one build do not fit another. */
export type Java = Readonly<{ command: string; version: number; build: string; from: string }>;

/**
 * Finds a Java that runs the server: that of the setting or none; else that of the extension, of JAVA_HOME, JDK_HOME or
 * PATH; else the newest of the usual places. Returns what is wrong if there is none.
 */
export async function findJava(places: Places): Promise<Java | string> {
  const { setting, bundled, environment, platform } = places;
  if (setting !== '') {
    // People name the program, its folder or the folder above that; the last is meant.
    const home = setting.replace(/^~(?=[/\\]|$)/, () => places.userHome).replace(/[/\\]+$/, '').replace(/[/\\]bin([/\\]java(\.exe)?)?$/, '');
    const java = await examine(home, program(home, platform), 'the setting');
    return typeof java === 'string' ? `The setting spawnproof.java.home does not name a Java ${NEEDED} or later: ${java}.` : java;
  }
  const rejected = new Set<string>();
  const homes = { 'the extension': existsSync(bundled) ? bundled : '', JAVA_HOME: environment['JAVA_HOME'], JDK_HOME: environment['JDK_HOME'] };
  const named = Object.entries(homes).flatMap(([from, home]) => (home ? [{ from, home, command: program(home, platform) }] : []));
  for (const { from, home, command } of [...named, ...inPath(places)]) {
    const java = await examine(home, command, from);
    if (typeof java !== 'string') {
      return java;
    }
    rejected.add(`${java} (${from})`);
  }
  let newest: Java | undefined;
  for (const home of usualPlaces(places).flatMap(entries)) {
    const command = program(home, platform);
    const java = command && (await examine(home, command, 'the usual places'));
    if (typeof java === 'object') {
      newest = newest && newest.version >= java.version ? newest : java;
    } else if (java) {
      rejected.add(java);
    }
  }
  const found = rejected.size > 0 ? ` Found only: ${[...rejected].join('; ')}.` : '';
  return newest ?? `Java ${NEEDED} or later is needed, and there is none.${found}`;
}

/** Looks at a Java; returns what is wrong with it if it will not do. */
async function examine(home: string, command: string | undefined, from: string): Promise<Java | string> {
  if (command === undefined) {
    return `no Java in ${home}`;
  }
  const build = statedVersion(path.dirname(path.dirname(command))) ?? (await askVersion(command));
  const version = Number(/^(?:1\.)?(\d+)/.exec(build)?.[1] ?? 0);
  return version === 0 ? `${command} does not start` : version < NEEDED ? `Java ${version} in ${home} is too old` : { command, version, build, from };
}

function program(home: string, platform: NodeJS.Platform): string | undefined {
  const name = platform === 'win32' ? 'java.exe' : 'java';
  return [path.join(home, 'bin', name), path.join(home, 'Contents', 'Home', 'bin', name)].find(isFile);
}

/** The version that a file beside most Javas states: nothing has to be started for it. */
function statedVersion(home: string): string | undefined {
  const file = path.join(home, 'release');
  const text = isFile(file) ? readFileSync(file, 'utf8') : '';
  const stated = ['JAVA_VERSION', 'JAVA_RUNTIME_VERSION', 'IMPLEMENTOR'].map((key) => new RegExp(`^${key}="?([^"\\r\\n]+)`, 'm').exec(text)?.[1]);
  return stated[0] && stated.join(' ').trim();
}

const askVersion = (command: string): Promise<string> => new Promise((resolve) => {
  execFile(command, ['-version'], { timeout: 20_000, windowsHide: true }, (_failure, out, err) => resolve(/ version "([^"]+)/.exec(err + out)?.[1] ?? ''));
});

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
const entries = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort().map((name) => path.join(folder, name)) : []);

function inPath({ environment, platform }: Places): { from: string; home: string; command: string }[] {
  const [separator, name] = platform === 'win32' ? [';', 'java.exe'] : [':', 'java'];
  const found = (environment['PATH'] ?? '').split(separator).map((folder) => path.join(folder, name)).filter((file) => path.isAbsolute(file) && isFile(file));
  // Behind its links a Java lies in its home. A program that only chooses a Java lies anywhere, and is asked.
  return found.map((file) => realpathSync(file)).map((command) => ({ from: 'PATH', home: path.dirname(command), command }));
}

function usualPlaces({ usual, userHome, platform, environment }: Places): readonly string[] {
  const programs = environment['ProgramFiles'] ?? 'C:\\Program Files';
  const system = platform === 'win32' ? ['Java', 'Eclipse Adoptium', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft', 'Semeru'].map((vendor) => path.join(programs, vendor))
    : platform === 'darwin' ? ['/Library/Java/JavaVirtualMachines', path.join(userHome, 'Library/Java/JavaVirtualMachines'), '/opt/homebrew/opt', '/usr/local/opt']
    : ['/usr/lib/jvm', '/usr/lib64/jvm', '/opt'];
  return usual ?? [...system, ...['.sdkman/candidates/java', '.jdks', '.asdf/installs/java'].map((place) => path.join(userHome, place))];
}

/** Options of the JVM as the setting has them: a list, or one text in which quotes hold blanks together. */
export function splitOptions(setting: readonly string[] | string): readonly string[] {
  const parts = typeof setting === 'string' ? (setting.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []) : undefined;
  return parts?.map((part) => part.replace(/"([^"]*)"|'([^']*)'/g, '$1$2')) ?? (setting as readonly string[]);
}

/** What the JVM is started with; the archive is a file of loaded classes, which {@link keepArchive} keeps. */
export function serverArguments(java: Java, jar: string, archive: string, options: readonly string[]): string[] {
  const shipped = path.join(path.dirname(path.dirname(java.command)), 'lib', 'spawnproof.aot');
  const classes = isFile(shipped) ? [`-XX:AOTCache=${shipped}`]
    : isFile(archive) ? [`-XX:SharedArchiveFile=${archive}`]
    : [`-XX:ArchiveClassesAtExit=${newArchive(archive)}`, '-Xlog:cds*=error:stderr'];
  // The first compiler alone: a server lives on code that has not run often. And nothing but the protocol on standard
  // output, where the JVM would print its warnings.
  const fixed = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx256m', '-XX:+ExitOnOutOfMemoryError', '-Xlog:disable', '-Xlog:all=warning:stderr'];
  return [...fixed, ...classes, ...options, '-jar', jar, 'server'];
}

/** The archive for one build of Java and one of the server. */
export function archiveFile(java: Java, jar: string, release: string, folder: string): string {
  const key = createHash('sha256').update([java.command, java.build, jar, release].join('\n')).digest('hex');
  return path.join(folder, `classes-${key.slice(0, 16)}.jsa`);
}

/** Puts what a server has written at its clean end in its place: a half-written archive would crash Java 17. */
export function keepArchive(archive: string): void {
  try {
    renameSync(newArchive(archive), archive);
    const others = entries(path.dirname(archive)).filter((file) => file !== archive && path.basename(file).startsWith('classes-'));
    others.forEach((file) => rmSync(file, { force: true }));
  } catch {
    // Nothing was written, or another window uses the files: the archive only saves time.
  }
}

// Other windows write their own.
const newArchive = (archive: string): string => `${archive}.${process.pid}`;
