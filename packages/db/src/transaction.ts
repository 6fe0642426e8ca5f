import type pg from "pg";

/** One connection, inside a transaction. */
export type Connection = pg.ClientBase;

/**
 * Runs `act` in a transaction on one connection of the pool: for stores whose statements are prepared, since their speed
 * is measured. All others use Prisma's. Whatever `act` throws undoes it, and so does a result that is not `isWorthKeeping`; a
 * connection that cannot even be rolled back is given up.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  act: (connection: Connection) => Promise<Result>,
  isWorthKeeping: (result: Result) => boolean = () => true,
): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await act(client);
    await client.query(isWorthKeeping(result) ? "COMMIT" : "ROLLBACK");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((lost: Error) => {
      failure = lost;
    });
    throw error;
  } finally {
    client.release(failure);
  }
}
