/**
 * How far a shard is processed while its lanes are ahead of each other: the position before which nothing is left to do. Only that may
 * be written down, for whatever comes after it is read again by the next run.
 */
export class Progress {
  readonly #outstanding = new Set<string>();
  readonly #read: string[] = [];
  #head = 0;
  #position: string | undefined;

  constructor(position: string | undefined) {
    this.#position = position;
  }

  /** The last sequence number such that it and all before it are done with; `undefined` before the first. */
  get position(): string | undefined {
    return this.#position;
  }

  /** Whether all that was read is done with. */
  get complete(): boolean {
    return this.#outstanding.size === 0;
  }

  /** Notes a record in the order of the stream. */
  begin(sequenceNumber: string): void {
    this.#read.push(sequenceNumber);
    this.#outstanding.add(sequenceNumber);
  }

  finish(sequenceNumber: string): void {
    this.#outstanding.delete(sequenceNumber);
    for (let next = this.#read[this.#head]; next !== undefined && !this.#outstanding.has(next); next = this.#read[this.#head]) {
      this.#position = next;
      this.#head += 1;
    }
    if (this.#head > 10_000) {
      this.#read.splice(0, this.#head);
      this.#head = 0;
    }
  }
}
