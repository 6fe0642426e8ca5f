import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface ReceivedMail {
  /** The addresses of the SMTP conversation, which decide who gets the mail. */
  envelope: { from: string; to: string[] };
  raw: string;
  parsed: Email;
}

export interface TestServer {
  url: string;
  received: ReceivedMail[];
  /** How many connections were opened. */
  connections(): number;
  close(): Promise<void>;
}

/** An SMTP server on a free port of this machine that keeps what it gets. */
export async function startSmtpServer(options: SMTPServerOptions = {}): Promise<TestServer> {
  const received: ReceivedMail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onConnect(_session, accept) {
      connections += 1;
      accept();
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        const raw = Buffer.concat(chunks);
        received.push({
          envelope: {
            from: envelope.mailFrom ? envelope.mailFrom.address : "",
            to: envelope.rcptTo.map(({ address }) => address),
          },
          raw: raw.toString("latin1"),
          parsed: await PostalMime.parse(raw),
        });
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
