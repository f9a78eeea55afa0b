/** PostgreSQL servers as people list them: `db-2:5433/mlflow, db-3`, with commas or a line each. */

export interface DatabaseAddress {
  host: string;
  port?: number;
  database?: string;
}

/** @throws RangeError saying which one is wrong */
export function parseDatabases(text: string): DatabaseAddress[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, host, port, database] = /^([^:/\s]+)(?::(\d+))?(?:\/(\S+))?$/.exec(part) ?? [];
      if (host === undefined) {
        throw new RangeError(`holds “${part}”, which is not host:port/database`);
      }
      return { host, ...(port && { port: Number(port) }), ...(database && { database }) };
    });
}

/** One a line. */
export function writeDatabases(
  addresses: ReadonlyArray<{ host: string; port?: number | string; database?: string }>,
): string {
  return addresses
    .map(({ host, port, database }) => `${host}${port ? `:${port}` : ''}${database ? `/${database}` : ''}`)
    .join('\n');
}
