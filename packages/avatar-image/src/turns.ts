/** Lets work of a bounded total weight run at once and keeps the rest waiting, first come first served. */
export interface Turns {
  /** Runs `work` when its turn has come; `weight` is at least 1, and counts as the capacity where it is more. */
  run<T>(weight: number, work: () => Promise<T>): Promise<T>;
}

export function createTurns(capacity: number): Turns {
  const waiting: { weight: number; start: () => void }[] = [];
  let free = capacity;

  function startNext(): void {
    // Strictly in order: were light work let past, heavy work could wait for ever.
    for (let next = waiting[0]; next && next.weight <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.weight;
      next.start();
    }
  }

  return {
    async run(wished, work) {
      const weight = Math.min(wished, capacity);
      await new Promise<void>((start) => {
        waiting.push({ weight, start });
        startNext();
      });
      try {
        return await work();
      } finally {
        free += weight;
        startNext();
      }
    },
  };
}
