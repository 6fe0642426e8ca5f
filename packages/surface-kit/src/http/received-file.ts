/**
 * A file as it came off the wire, in memory. It is a `File` to whoever takes it, but hands out the bytes that were
 * received: Node's own would copy them into a store of its own, and back out in small pieces.
 */
export class ReceivedFile extends File {
  private readonly received: Buffer<ArrayBuffer>;

  constructor(chunks: readonly Buffer<ArrayBuffer>[], name: string, type: string) {
    super([], name, { type });
    this.received = Buffer.concat(chunks);
  }

  override get size(): number {
    return this.received.length;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.received;
    // Small ones lie in a pool that they share with others.
    return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  }

  override async text(): Promise<string> {
    return this.received.toString("utf8");
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    return new Blob([this.received], { type: this.type }).slice(start, end, type);
  }

  override stream(): ReturnType<File["stream"]> {
    return new Blob([this.received]).stream();
  }
}
