/** What somebody wrote to one place, from several hands at once, as the writers saw it. */
export interface History<Value> {
  /** Writes, and notes when it began and when its success was acknowledged. Resolves to whether it was. */
  write(value: Value, act: () => Promise<boolean>): Promise<boolean>;
  acknowledged(): Value[];
  /** Every value written, whether the writer heard of it or not. */
  attempted(): Value[];
  /**
   * Whether a place that nobody writes to any more may show this value: some write made it, and no acknowledged write
   * began only after that one was acknowledged.
   */
  mayShow(value: Value): boolean;
}

interface Write<Value> {
  value: Value;
  begunAt: number;
  acknowledgedAt: number;
}

/** @param isSame compares values; a place starts with `initial`. */
export function createHistory<Value>(
  initial: Value,
  isSame: (one: Value, other: Value) => boolean = (one, other) => one === other,
): History<Value> {
  // A counter orders what one process does, and no clock can set it back.
  let moment = 0;
  const writes: Write<Value>[] = [{ value: initial, begunAt: moment, acknowledgedAt: moment }];
  const isAcknowledged = ({ acknowledgedAt }: Write<Value>) => acknowledgedAt !== Number.POSITIVE_INFINITY;

  return {
    async write(value, act) {
      const write = { value, begunAt: ++moment, acknowledgedAt: Number.POSITIVE_INFINITY };
      writes.push(write);
      const isDone = await act();
      if (isDone) write.acknowledgedAt = ++moment;
      return isDone;
    },
    acknowledged: () => writes.filter(isAcknowledged).map(({ value }) => value),
    attempted: () => writes.map(({ value }) => value),
    mayShow(value) {
      return writes.some(
        (write) =>
          isSame(write.value, value) &&
          !writes.some((later) => isAcknowledged(later) && later.begunAt > write.acknowledgedAt),
      );
    },
  };
}
