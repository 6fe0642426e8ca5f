"use client";
import Form from "next/form";
import { useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";

/** A form that leads to an address, so that a search can be kept and shared. */
export function PeopleSearch({ q: initial }: { q: string }) {
  const [q, setQ] = useState(initial);
  return (
    <Form action="/admin/people" role="search" className="flex max-w-xl flex-wrap items-end gap-3">
      <Field
        label="E-mail address, name or username"
        name="q"
        type="search"
        value={q}
        onChange={setQ}
        maxLength={100}
        autoComplete="off"
        className="min-w-56 flex-1"
      />
      <Button type="submit" tone="primary" className="h-11">
        Find
      </Button>
    </Form>
  );
}
