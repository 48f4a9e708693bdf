import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { archiveFile, findJava, type Java, keepArchive, type Places, serverArguments, splitOptions } from '../src/java';

let world: string;
beforeEach(() => { world = mkdtempSync(path.join(tmpdir(), 'spawnproof-java-')); });
afterEach(() => rmSync(world, { recursive: true }));

/** Makes a Java that has a release file, or else says its version when asked; `broken` says nothing. */
function makeJava(name: string, version: string, kind: 'release' | 'asked' | 'broken' = 'release'): string {
  const home = path.join(world, name);
  mkdirSync(path.join(home, 'bin'), { recursive: true });
  const says = kind === 'asked' ? `echo 'openjdk version "${version}" 2025-01-01' >&2` : 'exit 1';
  writeFileSync(path.join(home, 'bin/java'), `#!/bin/sh\n${says}\n`);
  chmodSync(path.join(home, 'bin/java'), 0o755);
  if (kind === 'release') {
    writeFileSync(path.join(home, 'release'), `IMPLEMENTOR="Somebody"\nJAVA_VERSION="${version}"\n`);
  }
  return home;
}

function find(places: Partial<Places> & { environment?: NodeJS.ProcessEnv }): Promise<Java | string> {
  return findJava({ setting: '', bundled: path.join(world, 'no jre'), environment: {}, platform: 'linux', userHome: world, usual: [], ...places });
}

async function found(places: Partial<Places>): Promise<string> {
  const java = await find(places);
  assert.ok(typeof java === 'object', String(java));
  return `${path.relative(world, java.command)} ${java.version} ${java.from}`;
}

test('the order is setting, extension, JAVA_HOME, JDK_HOME, PATH, usual places', async () => {
  const homes = ['setting', 'bundled', 'java home', 'jdk home', 'in path'].map((name) => makeJava(name, '17.0.1'));
  makeJava('usual/some', '21');
  const places = {
    setting: homes[0]!,
    bundled: homes[1]!,
    environment: { JAVA_HOME: homes[2], JDK_HOME: homes[3], PATH: `/nothing:${homes[4]}/bin` } as NodeJS.ProcessEnv,
    usual: [path.join(world, 'usual')],
  };
  assert.equal(await found(places), 'setting/bin/java 17 the setting');
  places.setting = '';
  assert.equal(await found(places), 'bundled/bin/java 17 the extension');
  places.bundled = path.join(world, 'none');
  assert.equal(await found(places), 'java home/bin/java 17 JAVA_HOME');
  delete places.environment['JAVA_HOME'];
  assert.equal(await found(places), 'jdk home/bin/java 17 JDK_HOME');
  delete places.environment['JDK_HOME'];
  assert.equal(await found(places), 'in path/bin/java 17 PATH');
  delete places.environment['PATH'];
  assert.equal(await found(places), 'usual/some/bin/java 21 the usual places');
});

test('the newest of the usual places is taken', async () => {
  makeJava('usual/a', '11');
  makeJava('usual/b', '25.0.1');
  makeJava('usual/c', '21');
  mkdirSync(path.join(world, 'usual/no java'));
  assert.equal(await found({ usual: [path.join(world, 'usual'), path.join(world, 'nowhere')] }), 'usual/b/bin/java 25 the usual places');
});

test('one that is too old is passed over, but not if the setting names it', async () => {
  const old = makeJava('old', '1.8.0_292');
  const good = makeJava('good', '17');
  assert.equal(await found({ environment: { JAVA_HOME: old, JDK_HOME: good } }), 'good/bin/java 17 JDK_HOME');
  assert.equal(
    await find({ setting: old, environment: { JAVA_HOME: good } }),
    `The setting spawnproof.java.home does not name a Java 17 or later: Java 8 in ${old} is too old.`,
  );
});

test('a setting that names no Java is an error', async () => {
  const good = makeJava('good', '17');
  assert.equal(await find({ setting: '/no/java', environment: { JAVA_HOME: good } }), 'The setting spawnproof.java.home does not name a Java 17 or later: no Java in /no/java.');
});

test('the setting may name the home, its bin folder or the program, and the home folder by a tilde', async () => {
  makeJava('jdk', '17');
  for (const setting of ['~/jdk', '~/jdk/', '~/jdk/bin', '~/jdk/bin/java', `${world}/jdk/bin/`]) {
    assert.equal(await found({ setting }), 'jdk/bin/java 17 the setting', setting);
  }
});

test('macOS has its homes deeper', async () => {
  makeJava('temurin.jdk/Contents/Home', '21');
  assert.equal(await found({ setting: path.join(world, 'temurin.jdk'), platform: 'darwin' }), 'temurin.jdk/Contents/Home/bin/java 21 the setting');
});

test('Windows has java.exe, and semicolons', async () => {
  const home = makeJava('jdk', '21');
  symlinkSync('java', path.join(home, 'bin/java.exe'));
  assert.equal(await found({ environment: { JAVA_HOME: home }, platform: 'win32' }), 'jdk/bin/java.exe 21 JAVA_HOME');
  assert.equal(await found({ environment: { PATH: `C:\\Windows;${home}/bin` }, platform: 'win32' }), 'jdk/bin/java 21 PATH');
});

test('a Java without a release file is asked', async () => {
  assert.equal(await found({ environment: { JAVA_HOME: makeJava('asked', '21.0.2', 'asked') } }), 'asked/bin/java 21 JAVA_HOME');
  const broken = makeJava('broken', '21', 'broken');
  assert.match(String(await find({ environment: { JAVA_HOME: broken } })), new RegExp(`${broken}/bin/java does not start \\(JAVA_HOME\\)`));
});

test('links in PATH lead to the home, and a program that chooses a Java is asked', async () => {
  const home = makeJava('jdk', '21');
  mkdirSync(path.join(world, 'links'));
  symlinkSync(path.join(home, 'bin/java'), path.join(world, 'links/java'));
  assert.equal(await found({ environment: { PATH: path.join(world, 'links') } }), 'jdk/bin/java 21 PATH');
  const shims = path.join(makeJava('chooser', '25', 'asked'), 'bin');
  assert.equal(await found({ environment: { PATH: shims } }), 'chooser/bin/java 25 PATH');
});

test('without any, all that was found is named', async () => {
  const problem = await find({ environment: { JAVA_HOME: makeJava('eight', '1.8'), JDK_HOME: '/no/jdk' }, usual: [path.dirname(makeJava('usual/eleven', '11'))] });
  assert.equal(
    problem,
    `Java 17 or later is needed, and there is none. Found only: Java 8 in ${world}/eight is too old (JAVA_HOME); no Java in /no/jdk (JDK_HOME); Java 11 in ${world}/usual/eleven is too old.`,
  );
  assert.equal(await find({}), 'Java 17 or later is needed, and there is none.');
});

test('options are a list, or a text with quotes', () => {
  assert.deepEqual(splitOptions(['-Da=b c', '']), ['-Da=b c', '']);
  assert.deepEqual(splitOptions(''), []);
  assert.deepEqual(splitOptions(' -Xmx1g  -Da="b c"\t\'-Dd=e f\' '), ['-Xmx1g', '-Da=b c', '-Dd=e f']);
});

test('an archive of classes is written at the end, kept if it is whole, and used from then on', async () => {
  const java = (await find({ setting: makeJava('jdk', '17') })) as Java;
  const archive = archiveFile(java, 'a.jar', '1.0', world);
  assert.notEqual(archive, archiveFile({ ...java, build: 'another' }, 'a.jar', '1.0', world));
  assert.notEqual(archive, archiveFile(java, 'a.jar', '1.1', world));
  const first = serverArguments(java, 'a.jar', archive, ['-Xmx1g']);
  assert.deepEqual(first.slice(-4), ['-Xmx1g', '-jar', 'a.jar', 'server']);
  const written = first.find((option) => option.startsWith('-XX:ArchiveClassesAtExit='))!.split('=')[1]!;

  keepArchive(archive);
  assert.ok(!existsSync(archive), 'nothing was written');
  writeFileSync(written, 'classes');
  writeFileSync(path.join(world, 'classes-of-the-last-release.jsa'), '');
  keepArchive(archive);

  assert.ok(serverArguments(java, 'a.jar', archive, []).includes(`-XX:SharedArchiveFile=${archive}`));
  assert.deepEqual(readdirSync(world).filter((name) => name.startsWith('classes')), [path.basename(archive)]);
});

test('a runtime that brings a cache uses that', async () => {
  const home = makeJava('jre', '25');
  mkdirSync(path.join(home, 'lib'));
  writeFileSync(path.join(home, 'lib/spawnproof.aot'), '');
  const java = (await find({ bundled: home })) as Java;
  const options = serverArguments(java, 'a.jar', path.join(world, 'x.jsa'), []);
  assert.ok(options.includes(`-XX:AOTCache=${home}/lib/spawnproof.aot`));
  assert.ok(!options.some((option) => option.includes('x.jsa')));
});
