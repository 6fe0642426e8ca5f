import type { Dependencies } from "@parley/api/dependencies";
import { uuidv7 } from "uuidv7";

/** What demo people wrote: username | hours ago | words. `-` before the words keeps them to their author. */
const lines = `
janesmith|5|Two calls this morning ended the same way: the decision had been made weeks ago, and only wanted saying out loud.
janesmith|31|Before you book: write the question down as one sentence. If it needs two, you have two questions, and half an hour is enough for the first.
janesmith|54|-Ask Amara whether she takes people who left without a plan.
janesmith|76|A list of pros and cons never decided anything. It shows what you hope the answer is.
janesmith|120|Mornings are open again from Monday on. I keep the last quarter of an hour free after each call, so nobody is rushed out.
janesmith|197|Somebody asked for homework. Here it is: cancel one thing this week that you would not say yes to today.
janesmith|260|Half an hour, one decision, made. Two years of this, and I have not been bored once.
amara-okafor|8|Hiring managers read the first third of a page. Put there what you want to be asked about.
amara-okafor|99|Three people this month were offered the job they had talked themselves out of applying for.
jonas-lindqvist|12|Before your next game: look at every check, every capture, every threat. In that order. Ten seconds.
priya-raman|20|Nobody is bad at fractions. Somebody once went too fast.
hannah-weiss|26|If you lie awake at three, get up. The bed is for sleeping, and it forgets that easily.
tobias-albrecht|40|Reminder for freelancers in Germany: the advance payment is due on the tenth. Set the money aside the day an invoice is paid.
mei-tanaka|47|One branch, one flower, one leaf. Take away what you would not miss.
salma-haddad|63|Bring the talk you are dreading. Everyone who did this week left with a shorter one.
oliver-grant|70|Say the number, then stop talking. The silence is theirs to fill.
ngozi-eze|15|To everyone who asked at three in the morning: no, it was not a silly question.
rafael-costa|34|Easy runs should feel too easy. That is the whole secret, and nobody believes it.
ethan-cole|88|Runway is a date, not a number. Put it in the calendar.
grace-kimani|110|The bees are quiet now. So am I: fewer hours in the cold months, more patience for beginners.
simon-clarke|52|Bring the letter. Half of what people fear in it is not in it.
`;

const hour = 60 * 60_000;

/** A few words of some hosts, as if they had posted them in the days before. Does so once. */
export async function loadMessages(
  { database: { pool }, clock }: Pick<Dependencies, "database" | "clock">,
  authors: readonly { id: string; username: string }[],
): Promise<void> {
  const known = await pool.query("SELECT 1 FROM messages LIMIT 1");
  if (known.rowCount !== 0) return;
  const now = clock().getTime();
  for (const line of lines.trim().split("\n")) {
    const [username, hoursAgo, words = ""] = line.split("|");
    const author = authors.find((one) => one.username === username);
    if (author === undefined) throw new Error(`No demo host is called ${username}`);
    const isPrivate = words.startsWith("-");
    await pool.query(
      "INSERT INTO messages (id, author_id, content, visibility, created_at) VALUES ($1, $2, $3, $4::visibility, $5)",
      [
        uuidv7(),
        author.id,
        isPrivate ? words.slice(1) : words,
        isPrivate ? "private" : "public",
        new Date(now - Number(hoursAgo) * hour),
      ],
    );
  }
}
