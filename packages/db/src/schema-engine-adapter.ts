import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

type Connected = Awaited<ReturnType<PrismaPg["connect"]>>;

const { CHAR: charType, TEXT: textType } = pg.types.builtins;

/** Prisma's adapter, with two things mended on which its own schema engine depends. It changes the pool it is given. */
export class EngineAdapter extends PrismaPg {
  private readonly pool: pg.Pool;
  /** Which columns of an answer are of the type "char", by the answer's rows. */
  private readonly charColumns = new WeakMap<object, number[]>();

  constructor(pool: pg.Pool) {
    super(pool);
    this.pool = pool;
    this.disguiseChars();
  }

  override async connect(): Promise<Connected> {
    const adapter = await super.connect();
    // It cuts a script at every semicolon, also within a function's body or a comment. PostgreSQL takes a script whole,
    // and then all of it or nothing happens.
    adapter.executeScript = async (script) => {
      await this.pool.query(script);
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const answer = await queryRaw(query);
      for (const column of this.charColumns.get(answer.rows) ?? [])
        answer.columnTypes[column] = ColumnTypeEnum.Character;
      return answer;
    };
    return adapter;
  }

  /** It refuses "char", a type of PostgreSQL's catalogues that the engine reads when it compares schemas. */
  private disguiseChars(): void {
    const ask: (query: pg.QueryConfig) => Promise<pg.QueryResult | pg.QueryResult[]> = this.pool.query.bind(this.pool);
    this.pool.query = (async (query: pg.QueryConfig) => {
      const answer = await ask(query);
      for (const { fields, rows } of [answer].flat()) {
        const columns = fields.flatMap(({ dataTypeID }, index) => (dataTypeID === charType ? [index] : []));
        this.charColumns.set(rows, columns);
        for (const field of fields) if (field.dataTypeID === charType) field.dataTypeID = textType;
      }
      return answer;
    }) as typeof this.pool.query;
  }
}
