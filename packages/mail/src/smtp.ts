import { createTransport } from "nodemailer";
import type { Delivery } from "./delivery";

/** A few connections to an SMTP server, kept open between mails. */
export function createSmtp(url: string): Delivery {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    // The defaults wait up to ten minutes, longer than a job that sends a mail should hold on.
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
  });
  return { deliver: (mail) => transport.sendMail(mail), close: () => transport.close() };
}
