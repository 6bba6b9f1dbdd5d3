import { Presets, SingleBar } from 'cli-progress';

/** Shows how far an import is. */
export interface Progress {
  start(total: number, done: number): void;
  advance(done: number): void;
  /** A line that stays, beside the progress. */
  say(line: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere (a log, a pipe) a line about every tenth of the way. */
export function showProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): Progress {
  const format = '{bar} {value}/{total} comments, {eta_formatted} left';
  const shown = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true, stopOnComplete: false }, Presets.shades_classic);
  let goesOn: { total: number; done: number } | undefined;
  const start = (total: number, done: number) => {
    goesOn = { total, done };
    shown.start(total, done);
  };
  const stop = () => {
    if (goesOn) shown.stop();
    goesOn = undefined;
  };
  return {
    start,
    stop,
    advance(done) {
      if (goesOn) goesOn.done = done;
      shown.update(done);
    },
    say(line) {
      const before = goesOn;
      stop();
      stream.write(`${line}\n`);
      if (before) start(before.total, before.done);
    },
  };
}

function lines(stream: { write(text: string): unknown }): Progress {
  let total = 0;
  let tenth = 0;
  const tenthOf = (done: number) => Math.floor((done * 10) / total);
  return {
    start(all, done) {
      total = all;
      tenth = tenthOf(done);
    },
    advance(done) {
      if (tenthOf(done) === tenth) return;
      tenth = tenthOf(done);
      stream.write(`${done}/${total} comments\n`);
    },
    say: (line) => void stream.write(`${line}\n`),
    stop() {},
  };
}
