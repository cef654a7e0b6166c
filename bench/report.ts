import budgets from './budgets.json';

type Name = keyof typeof budgets;

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Prints a figure beside its budget, and says so where it misses. */
export const report = (name: Name, value: number): void => {
  const budget = budgets[name];
  const verdict = value <= budget['at most'] ? 'within' : 'MISSES';
  console.log(`${verdict}  ${name}: ${round(value)} ${budget.unit} (budget ${budget['at most']})`);
};

/** Prints a figure that has no budget of its own. */
export const note = (name: string, value: number, unit: string): void => {
  console.log(`        ${name}: ${round(value)} ${unit}`);
};
