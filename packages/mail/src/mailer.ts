import { createOutbox } from "./outbox";
import { createSmtp } from "./smtp";

export interface MailerOptions {
  /** `smtp://user:password@host:587`, or `smtps:` for TLS from the first byte. Unset: mails become files. */
  smtpUrl?: string;
  /** Where mails are kept as `.eml` files when there is no `smtpUrl`; made when it does not exist. */
  outboxDirectory: string;
  /** The sender, as in `Parley <hello@parley.example>`. */
  from: string;
}

export interface Message {
  /** One bare address. A list, a display name or a control character is refused with `InvalidRecipientError`. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /**
   * A calendar file with a METHOD (`text/calendar; method=REQUEST`) is also shown as an invitation by mail programs that
   * know how.
   */
  attachments?: Attachment[];
  /**
   * Up to 80 letters, digits and hyphens: the same for every attempt at one mail, and no other's. It becomes the Message-ID, by
   * which receivers know a mail again that reaches them twice. Default: made up.
   */
  id?: string;
}

export interface Attachment {
  filename: string;
  contentType: string;
  content: string | Uint8Array;
}

export interface Mailer {
  /** Resolves once the server, or the disk, has taken the mail. Rejects when it did not. */
  send(message: Message): Promise<void>;
  /** Waits for mails that are under way, then lets go of connections. */
  close(): Promise<void>;
}

/** The recipient is not one bare address. */
export class InvalidRecipientError extends Error {
  override name = "InvalidRecipientError";
}

/** Anything that could add a second recipient, a name or a header is outside of this; addresses of any script fit. */
const bareAddress = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[^\s@<>()[\]\\,;:"\p{C}]{1,255}$/u;

const bareId = /^[A-Za-z0-9-]{1,80}$/;

const invitation = /^text\/calendar\b.*;\s*method=/i;

/** Sends mail over SMTP where an address of a server is given, else into a folder where a developer can read it. */
export function createMailer({ smtpUrl, outboxDirectory, from }: MailerOptions): Mailer {
  const delivery = smtpUrl ? createSmtp(smtpUrl) : createOutbox(outboxDirectory);
  const domain = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
  const underWay = new Set<Promise<unknown>>();

  return {
    async send({ to, subject, text, html, attachments = [], id }) {
      if (!bareAddress.test(to)) throw new InvalidRecipientError(`not one mail address: ${JSON.stringify(to)}`);
      if (id !== undefined && !bareId.test(id)) throw new TypeError(`not the id of a mail: ${JSON.stringify(id)}`);
      const sending = delivery.deliver({
        from,
        to: { name: "", address: to },
        subject,
        text,
        html,
        ...(id !== undefined && { messageId: `<${id}@${domain}>` }),
        alternatives: attachments
          .filter(({ contentType }) => invitation.test(contentType))
          .map(({ contentType, content }) => ({
            contentType,
            content: Buffer.from(content),
            contentTransferEncoding: "base64" as const,
          })),
        attachments: attachments.map(({ filename, content, contentType }) => ({
          filename,
          // As the invitation itself it would be shown twice.
          contentType: invitation.test(contentType) ? "application/ics" : contentType,
          content: Buffer.from(content),
        })),
        // Asks autoresponders not to answer (RFC 3834).
        headers: { "Auto-Submitted": "auto-generated" },
        // Content comes from our own templates; nothing in it may make the server read files or fetch addresses.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      underWay.add(sending);
      try {
        await sending;
      } finally {
        underWay.delete(sending);
      }
    },

    async close() {
      await Promise.allSettled(underWay);
      delivery.close();
    },
  };
}
