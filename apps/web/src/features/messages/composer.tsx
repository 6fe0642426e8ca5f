"use client";
import type { Message } from "@parley/api/schema/messages";
import type { Preferences } from "@parley/api/schema/profile/preferences";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { NativeSelect } from "@/components/native-select";
import { UnsavedGuard } from "@/components/unsaved-guard";
import { CharacterCount } from "@/features/profile/character-count";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { visibilities } from "./message-words";

export interface ComposerProps {
  preferences: Pick<Preferences, "maxMessageLength" | "defaultVisibility">;
  onPosted(message: Message): void;
}

/** Where a message is written. What was typed survives every failure. */
export function Composer({ preferences: { maxMessageLength, defaultVisibility }, onPosted }: ComposerProps) {
  const [content, setContent] = useState("");
  const [visibility, setVisibility] = useState(defaultVisibility);
  const [problem, setProblem] = useState<string>();
  const posting = trpc.messages.post.useMutation();
  const isBlank = content.trim() === "";

  const post = async (event: FormEvent) => {
    event.preventDefault();
    if (posting.isPending || isBlank) return;
    if ([...content.trim()].length > maxMessageLength) {
      return setProblem(`The message must be at most ${maxMessageLength} characters.`);
    }
    try {
      const message = await posting.mutateAsync({ content, visibility });
      setContent("");
      toast.success(message.visibility === "public" ? "Posted." : "Kept for you alone.");
      onPosted(message);
    } catch (error) {
      const { message, fields } = failureOf(error);
      if (fields.content !== undefined) setProblem(`The message ${fields.content}.`);
      else toast.error(message, { description: "What you typed is still here." });
    }
  };

  return (
    <form method="post" onSubmit={(event) => void post(event)} noValidate className="space-y-4">
      <Field
        label="Message"
        name="content"
        rows={4}
        value={content}
        onChange={(typed) => {
          setContent(typed);
          setProblem(undefined);
        }}
        error={problem}
        hint={
          <span className="flex justify-end">
            <CharacterCount text={content} max={maxMessageLength} />
          </span>
        }
      />
      <div className="flex flex-wrap items-end justify-between gap-4">
        <NativeSelect<Preferences["defaultVisibility"]>
          label="Who may read it"
          name="visibility"
          value={visibility}
          onChange={setVisibility}
          options={visibilities}
          className="min-w-0 grow sm:max-w-72"
        />
        <Button type="submit" tone="primary" isDisabled={isBlank} isPending={posting.isPending}>
          {posting.isPending ? "Posting…" : "Post"}
        </Button>
      </div>
      <UnsavedGuard isDirty={!isBlank} />
    </form>
  );
}
