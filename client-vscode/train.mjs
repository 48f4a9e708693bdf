// Runs the server of a package once, as an editor would, so that its runtime writes a cache of classes:
//   node train.mjs FOLDER     with FOLDER/jre, FOLDER/server/spawnproof.jar
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const folder = process.argv[2];
const cache = `${folder}/jre/lib/spawnproof.aot`;
// Collector and compiler as in src/java.ts: a cache made with others is of less use.
const options = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xlog:disable', `-XX:AOTCacheOutput=${cache}`];
const server = spawn(`${folder}/jre/bin/java`, [...options, '-jar', `${folder}/server/spawnproof.jar`, 'server'], { stdio: ['pipe', 'pipe', 'ignore'] });

let received = Buffer.alloc(0);
let lastId = 0;
const waiting = new Map();
server.stdout.on('data', (data) => {
  received = Buffer.concat([received, data]);
  for (let match; (match = /^Content-Length: (\d+)\r\n\r\n/.exec(received.toString('latin1'))); ) {
    const end = match[0].length + Number(match[1]);
    if (received.length < end) {
      break;
    }
    const message = JSON.parse(received.subarray(match[0].length, end).toString());
    received = received.subarray(end);
    waiting.get(message.id)?.(message.result);
  }
});

const send = (message) => {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
const request = (method, params) => new Promise((resolve) => {
  waiting.set(++lastId, resolve);
  send({ id: lastId, method, params });
});

const capabilities = {
  workspace: { diagnostics: { refreshSupport: true }, workspaceEdit: { documentChanges: true } },
  textDocument: {
    diagnostic: {},
    hover: { contentFormat: ['markdown'] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};
await request('initialize', { processId: process.pid, rootUri: null, capabilities });
send({ method: 'initialized', params: {} });
const examples = new URL('../scripts/examples/', import.meta.url);
for (const name of readdirSync(examples).filter((file) => file.endsWith('.py'))) {
  const textDocument = { uri: `file:///${name}` };
  const text = readFileSync(new URL(name, examples), 'utf8');
  send({ method: 'textDocument/didOpen', params: { textDocument: { ...textDocument, languageId: 'python', version: 1, text } } });
  const report = await request('textDocument/diagnostic', { textDocument });
  for (const { range } of report.items) {
    await request('textDocument/hover', { textDocument, position: range.start });
    const actions = await request('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
    await Promise.all(actions.map((action) => request('codeAction/resolve', action)));
  }
}
await request('shutdown', null);
send({ method: 'exit' });
const status = await new Promise((resolve) => server.once('exit', resolve));
process.exit(status === 0 && existsSync(cache) ? 0 : 1);
