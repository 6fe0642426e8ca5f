import { bio, displayName, username } from "@parley/api/schema/profile";
import { z } from "zod";

// Nothing typed means "none yet", which the procedure takes; all else is judged as it judges.
const usernameOrNone = z.string().transform((text, context) => {
  if (text.trim() === "") return null;
  const { data, error } = username.safeParse(text);
  for (const { message } of error?.issues ?? []) context.addIssue({ code: "custom", message });
  return data ?? z.NEVER;
});

/** What people type about themselves. */
export const profileFields = z.object({ displayName, bio, username: usernameOrNone });

/** The same where a username is needed, on the way to a page. */
export const pageFields = z.object({ displayName, bio, username });
