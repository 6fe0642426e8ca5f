import type { SendMailOptions } from "nodemailer";

/** A way for finished mails to leave the house. */
export interface Delivery {
  /** Rejects when the mail was not taken. */
  deliver(mail: SendMailOptions): Promise<unknown>;
  close(): void;
}
