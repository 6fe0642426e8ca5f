"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { type AddExternalCalendar, addExternalCalendarInput } from "@parley/api/schema/calendars/external";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { FormField } from "@/components/form-field";
import { failureOf } from "@/trpc/failure";

/** Subscribes to a calendar. It is read before it is taken up, so what is wrong with its address is said beside it. */
export function AddCalendarForm({ onAdd }: { onAdd(calendar: AddExternalCalendar): Promise<unknown> }) {
  const [isPending, setIsPending] = useState(false);
  const { control, handleSubmit, setError, reset } = useForm({
    resolver: zodResolver(addExternalCalendarInput),
    defaultValues: { name: "", url: "" },
  });
  const submit = handleSubmit(async (calendar) => {
    setIsPending(true);
    try {
      await onAdd(calendar);
      reset();
      toast.success("Calendar added.", { description: "What it holds closes your openings from now on." });
    } catch (error) {
      const { fields, message } = failureOf(error);
      if (fields.url === undefined && fields.name === undefined) toast.error(message);
      if (fields.name !== undefined) setError("name", { message: fields.name }, { shouldFocus: true });
      if (fields.url !== undefined) setError("url", { message: fields.url }, { shouldFocus: true });
    } finally {
      setIsPending(false);
    }
  });
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      <FormField control={control} name="name" label="Name" placeholder="Work" maxLength={80} isRequired />
      <FormField
        control={control}
        name="url"
        label="Address"
        type="url"
        placeholder="https://calendar.example/private/basic.ics"
        hint="Your calendar calls it the secret address in iCal format, or a link to share. It is kept sealed."
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        isRequired
      />
      <Button type="submit" tone="primary" isPending={isPending}>
        {isPending ? "Reading it…" : "Add calendar"}
      </Button>
    </form>
  );
}
