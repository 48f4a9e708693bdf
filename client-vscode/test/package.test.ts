// What is in a package, no more and no less:  SPAWNPROOF_VSIX names it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const vsix = process.env['SPAWNPROOF_VSIX']!;
const python = (script: string) => execFileSync('python3', ['-c', `import sys, zipfile\nvsix = zipfile.ZipFile(sys.argv[1])\n${script}`, vsix], { encoding: 'utf8', maxBuffer: 1 << 26 });

test('the package has what it must have, and nothing else', () => {
  const names = python('print("\\n".join(sorted(vsix.namelist())))').trim().split('\n');
  assert.deepEqual(names, [
    '[Content_Types].xml',
    'extension.vsixmanifest',
    'extension/LICENSE.txt',
    'extension/changelog.md',
    'extension/dist/extension.js',
    'extension/images/diagnostics.png',
    'extension/images/fix.png',
    'extension/images/hover.png',
    'extension/images/icon.png',
    'extension/package.json',
    'extension/readme.md',
    'extension/server/spawnproof.jar',
  ]);
});

test('its page has no pictures, which VS Code would show as broken', () => {
  const readme = python('print(vsix.read("extension/readme.md").decode())');
  assert.match(readme, /^# Spawnproof for VS Code/);
  assert.doesNotMatch(readme, /!\[|\]\(images\/|\n\n\n/);
});

test('no machine and no registry is named in it', () => {
  const bundle = python('print(vsix.read("extension/dist/extension.js").decode() + vsix.read("extension/package.json").decode())');
  assert.doesNotMatch(bundle, /\/(root|home|work)\/|registry\.npmjs/);
});
