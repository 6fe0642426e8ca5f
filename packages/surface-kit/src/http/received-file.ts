/**
 * A file as it came off the wire, in memory. It is a `File` to whoever takes it, but hands out the bytes that were
 * received: Node's own would copy them into a store of its own, and back out in small pieces.
 */
export class ReceivedFile extends File {
  private readonly received: Buffer<ArrayBuffer>;

  constructor(received: Buffer<ArrayBuffer>, name: string, type: string) {
    super([], name, { type });
    this.received = received;
  }

  override get size(): number {
    return this.received.length;
  }

  /** As later versions of Node have it; the bytes are not copied. */
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.received;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.received;
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }

  override async text(): Promise<string> {
    return this.received.toString("utf8");
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return new Blob([this.received]).slice(start, end, type);
  }

  override stream(): ReturnType<File["stream"]> {
    return new Blob([this.received]).stream();
  }
}

/**
 * Gathers a file of unknown length in one piece of memory. Every chunk is let go at once: kept until the end, they
 * would all have to be moved by the garbage collector.
 */
export class Gathering {
  length = 0;
  private buffer: Buffer<ArrayBuffer>;

  constructor(expectedBytes: number) {
    this.buffer = Buffer.allocUnsafeSlow(expectedBytes);
  }

  add(chunk: Buffer): void {
    if (this.length + chunk.length > this.buffer.length) this.grow(this.length + chunk.length);
    chunk.copy(this.buffer, this.length);
    this.length += chunk.length;
  }

  bytes(): Buffer<ArrayBuffer> {
    return this.buffer.subarray(0, this.length);
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
