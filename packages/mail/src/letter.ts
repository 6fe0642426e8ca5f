import { escapeHtml } from "./escape-html";
import { greeting } from "./greeting";

/** What a template says; the layout is the same for all. Texts are plain, and escaped here. */
export interface Letter {
  subject: string;
  /** The display name of the reader, exactly as its owner typed it. */
  name: string;
  paragraphs: string[];
  /** Words of a person, set apart from ours. */
  quote?: string;
  /** The one thing to do. */
  action: { label: string; link: string };
  /** How long the link works, and what to do if the mail was not expected. */
  note: string;
  /** Why the reader gets it, where they may have no account. */
  footer?: string;
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

const toAccountHolders = "You receive this mail because this address belongs to a Parley account.";

/** Sets a letter as plain text and as HTML. Throws `TypeError` when the link is no http or https address. */
export function setLetter(letter: Letter): Mail {
  if (!/^https?:$/.test(new URL(letter.action.link).protocol)) throw new TypeError("a mail links to web pages alone");
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter) };
}

function asText({ name, paragraphs, quote, action, note, footer = toAccountHolders }: Letter): string {
  const parts = [greeting(name), ...paragraphs];
  if (quote) parts.push(quote.replace(/^/gm, "    "));
  parts.push(`${action.label}:\n${action.link}`, note, `--\nParley\n${footer}`);
  return `${parts.join("\n\n")}\n`;
}

/** The colours are the light ones of the web app. Mail programs know no style sheets, so they stand where they act. */
const paper = "#fbfaf7";
const raised = "#ffffff";
const ink = "#1b1a17";
const muted = "#6b675d";
const hairline = "#e6e2d8";
const accent = "#0b5d4b";
const serif = "Fraunces,Georgia,'Times New Roman',serif";
const sans = "Geist,-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

function asHtml({ subject, name, paragraphs, quote, action, note, footer = toAccountHolders }: Letter): string {
  const title = escapeHtml(subject);
  const link = escapeHtml(action.link);
  const body = [greeting(name), ...paragraphs].map(
    (paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph)}</p>`,
  );
  if (quote) {
    body.push(
      `<p style="margin:0 0 16px;padding-left:16px;border-left:2px solid ${hairline};font-family:${serif};` +
        `font-size:18px;font-style:italic;white-space:pre-line">${escapeHtml(quote)}</p>`,
    );
  }
  return (
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title}</title>
</head>
<body style="margin:0;padding:0;background:${paper};color:${ink}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(paragraphs[0] ?? subject)}</div>
<div style="max-width:560px;margin:0 auto;padding:40px 16px 48px;font-family:${sans};font-size:16px;line-height:1.55">
<p style="margin:0 0 24px;padding:0 6%;font-family:${serif};font-size:22px;line-height:1.2;color:${accent}">Parley</p>
<div style="padding:40px 6% 32px;background:${raised};border:1px solid ${hairline};border-radius:12px">
<h1 style="margin:0 0 24px;font-family:${serif};font-size:28px;font-weight:500;line-height:1.2">${title}</h1>
${body.join("\n")}
<p style="margin:32px 0">
<a href="${link}" style="display:inline-block;padding:12px 24px;background:${accent};color:#ffffff;` +
    `border-radius:12px;font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a>
</p>
<p style="margin:0;font-size:14px;color:${muted}">${escapeHtml(note)}</p>
<p style="margin:24px 0 0;padding-top:24px;border-top:1px solid ${hairline};font-size:14px;color:${muted}">
If the button does not work, open this address:<br>
<a href="${link}" style="color:${accent};word-break:break-all">${link}</a>
</p>
</div>
<p style="margin:24px 0 0;padding:0 6%;font-size:14px;color:${muted}">${escapeHtml(footer)}</p>
</div>
</body>
</html>
`
  );
}
