import type { ClientAccount, ServerAccount } from './account.ts';
import { type Disaster, type Fault, faultsOf, type Rules } from './judge.ts';
import type { Plan } from './plan.ts';

const FAULTS: Fault[] = [
  'false complete',
  'wrong messages',
  'overtaken',
  'wrong status',
  'late finally',
  'hang',
];

export interface Judged {
  plan: Plan;
  client: ClientAccount | undefined;
  server: ServerAccount | undefined;
  disaster?: Disaster;
}

interface Row {
  calls: number;
  completed: number;
  faults: Record<string, number>;
}

/** Counts calls and faults by kind of call and ending. */
export interface Tally {
  add(judged: Judged, rules: Rules): Fault[];
  total(): Row;
  table(): string;
}

export function newTally(): Tally {
  const rows = new Map<string, Row>();
  const sum = newRow();
  function newRow(): Row {
    return { calls: 0, completed: 0, faults: Object.fromEntries(FAULTS.map((fault) => [fault, 0])) };
  }
  function count(row: Row, completed: boolean, faults: Fault[]): void {
    row.calls++;
    if (completed) row.completed++;
    for (const fault of faults) row.faults[fault] = (row.faults[fault] ?? 0) + 1;
  }
  const cells = (name: string, { calls, completed, faults }: Row) => [
    name,
    calls,
    completed,
    ...Object.values(faults),
  ];
  return {
    add({ plan, client, server, disaster }, rules) {
      const name = `${plan.kind}: ${disaster ?? plan.ending}`;
      const row = rows.get(name) ?? newRow();
      rows.set(name, row);
      const faults = faultsOf(plan, client, server, disaster, rules);
      const completed = (client ?? server)?.ended === 'complete';
      count(row, completed, faults);
      count(sum, completed, faults);
      return faults;
    },
    total: () => sum,
    table() {
      const lines = [
        ['', 'calls', 'completed', ...FAULTS],
        ...[...rows].sort(([a], [b]) => a.localeCompare(b)).map(([name, row]) => cells(name, row)),
        cells('all', sum),
      ];
      const widths = lines[0]?.map((_, column) =>
        Math.max(...lines.map((line) => String(line[column]).length)),
      );
      return lines
        .map((line) =>
          line
            .map((cell, column) =>
              column === 0
                ? String(cell).padEnd(widths?.[0] ?? 0)
                : String(cell).padStart(widths?.[column] ?? 0),
            )
            .join('  '),
        )
        .join('\n');
    },
  };
}
