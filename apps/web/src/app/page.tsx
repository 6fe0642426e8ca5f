import { api } from "@/trpc/server";

export default async function HomePage() {
  const { items, total } = await (await api()).directory.search({});
  return (
    <div className="page-column py-16">
      <h1 className="display text-4xl">Talk to someone who knows.</h1>
      <p>
        {total} {items[0]?.displayName}
      </p>
    </div>
  );
}
