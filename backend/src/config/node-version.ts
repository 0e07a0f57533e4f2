// Imported before anything else by all that can be started: the embedded database's binary would
// end an older process without a word.
const OLDEST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `Prosa needs Node ${String(OLDEST_NODE)} or newer; this is ${process.versions.node}.\n` +
      'It brings its own: start it with "npm start", or put "npx" before "node".',
  );
  process.exit(1);
}

export {};
