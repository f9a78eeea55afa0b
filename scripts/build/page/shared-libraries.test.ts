import { toModule } from './shared-libraries';

test('the page holds what modules import, and a whole namespace where they ask for one', () => {
  const imports = new Map([
    ['react', new Set(['useState', 'useMemo'])],
    ['@grafana/ui', new Set(['Button'])],
    ['rxjs', new Set(['*', 'of'])],
  ]);
  expect(toModule(imports)).toBe(
    [
      `import { Button as library0_Button } from "@grafana/ui";`,
      `import { useMemo as library1_useMemo, useState as library1_useState } from "react";`,
      `import * as library2 from "rxjs";`,
      `export const shared = new Map([`,
      `  ["@grafana/ui", { Button: library0_Button }],`,
      `  ["react", { useMemo: library1_useMemo, useState: library1_useState }],`,
      `  ["rxjs", library2],`,
      `]);`,
    ].join('\n'),
  );
});
