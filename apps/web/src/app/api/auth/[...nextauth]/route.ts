import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/auth/options";
import { isSameOrigin } from "@/server/same-origin";

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  if (request.method === "POST" && !isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  return NextAuth(request, context, await authOptions());
}

export { handle as GET, handle as POST };
