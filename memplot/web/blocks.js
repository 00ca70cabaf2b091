// SPDX-License-Identifier: Apache-2.0
// Blocks of the page, one for each column, that follow the script.  The script runs while the browser still reads them: each
// is decoded as it comes, by workers where there is much, so that nobody waits for it.

// A column keeps its integers; a number is q[i] / scale.  A missing value is `hole`.
class Column {
  constructor({ q, scale, levels }) {
    Object.assign(this, { q, scale, levels });
    this.hole = q instanceof Int32Array ? INT_HOLE : NaN;
  }
  get length() {
    return this.q.length;
  }
  has(i) {
    const v = this.q[i];
    return v === v && v !== this.hole;
  }
  at(i) {
    return this.has(i) ? realOf(this.q[i], this.scale) : NaN;
  }
  real(q) {
    return realOf(q, this.scale);
  }
  get decimals() {
    return Math.max(0, Math.round(Math.log10(this.scale)));
  }
}

// ---- Blocks as they arrive

class Blocks {
  constructor() {
    this.waiting = new Map(); // id: what to call when it is there
    this.last = null; // the block that the browser may still be reading
    this.complete = false;
    this.observer = new MutationObserver(() => this.look());
    this.observer.observe(document.body, { childList: true });
    document.addEventListener('DOMContentLoaded', () => this.look());
    this.look();
  }
  look() {
    this.complete ||= document.readyState !== 'loading';
    for (const [id, arrived] of this.waiting) {
      const block = document.getElementById(id);
      if (!this.complete && !block?.nextElementSibling)
        continue;
      this.waiting.delete(id);
      arrived(block);
    }
    if (this.complete)
      this.observer.disconnect();
  }
  // The block, once all of it is there; null if the page has none.
  get(id) {
    return new Promise((arrived) => {
      this.waiting.set(id, arrived);
      this.look();
    });
  }
}

// ---- Workers

const WORKERS_MAX = 4;
const WORKER_WORTH = 1e6; // values, from which on workers save more than their start costs

const workerSource = () => `const { readColumn } = (${kernel})();
onmessage = async ({ data: { text, want } }) => {
  try {
    const column = await readColumn(text, want);
    const parts = [column, ...column.levels ?? []].flatMap((part) => Object.values(part)).filter((value) => value?.buffer);
    postMessage({ column }, parts.map((part) => part.buffer));
  } catch ({ message }) {
    postMessage({ message });
  }
};`;

const pause = () => new Promise((go) => setTimeout(go));

// Where the browser allows no worker, the page does their work itself.
class Pool {
  constructor(values) {
    this.queue = [];
    this.idle = [];
    this.much = values >= WORKER_WORTH;
    this.size = this.much ? Math.min(navigator.hardwareConcurrency || 1, WORKERS_MAX) : 0;
    for (let i = 0; i < this.size; i++)
      this.start();
  }
  start() {
    this.url ??= URL.createObjectURL(new Blob([workerSource()], { type: 'text/javascript' }));
    try {
      const worker = new Worker(this.url);
      worker.onmessage = ({ data }) => this.finish(worker, data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.lose(worker);
      };
      this.idle.push(worker);
    } catch {
      this.size--;
    }
  }
  // A worker that could not start leaves its work to others.
  lose(worker) {
    this.size--;
    this.idle = this.idle.filter((one) => one !== worker);
    if (worker.job)
      this.queue.unshift(worker.job);
    worker.job = null;
    this.next();
  }
  finish(worker, { column, message }) {
    const { done, failed } = worker.job;
    worker.job = null;
    this.idle.push(worker);
    if (message)
      failed(new Error(message));
    else
      done(column);
    this.next();
  }
  next() {
    if (!this.size)
      this.work();
    while (this.queue.length && this.idle.length) {
      const worker = this.idle.pop();
      worker.job = this.queue.shift();
      worker.postMessage({ text: worker.job.text, want: worker.job.want });
    }
  }
  // All that is waiting, here, one after the other.
  async work() {
    if (this.working)
      return;
    this.working = true;
    for (let job; (job = this.queue.shift());) {
      if (this.much)
        await pause(); // others have a turn
      await readColumn(job.text, job.want).then(job.done, job.failed);
    }
    this.working = false;
  }
  read(text, want) {
    return new Promise((done, failed) => {
      this.queue.push({ text, want, done, failed });
      this.next();
    });
  }
  close() {
    this.idle.forEach((worker) => worker.terminate());
    if (this.url)
      URL.revokeObjectURL(this.url);
  }
}

// ---- Columns

class Columns {
  // values: how many there are in all, about.
  constructor(values) {
    this.blocks = new Blocks();
    this.pool = new Pool(values);
    this.known = new Map(); // id: promise of a column
  }
  // The column of a block, or null if there is none.  The text is dropped once it is read.  One that equals another
  // (data-same) is that.
  load(id, want = {}) {
    if (!this.known.has(id))
      this.known.set(id, this.read(id, want));
    return this.known.get(id);
  }
  async read(id, want) {
    const block = await this.blocks.get(id);
    if (block?.type !== 'text/plain')
      return null;
    if (block.dataset.same)
      return this.load(block.dataset.same, want);
    const text = block.textContent;
    block.remove();
    return new Column(await this.pool.read(text, want));
  }
  // Numbers as they are; missing ones are NaN.
  async reals(id) {
    return (await this.load(id, { reals: true }))?.q ?? new Float64Array(0);
  }
  close() {
    this.pool.close();
  }
}
