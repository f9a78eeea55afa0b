/** Our modules' sources against another version of Grafana's libraries: every import must exist, every use must fit. */
import path from 'node:path';
import ts from 'typescript';
import { listPlugins, root } from '../build/layout';

/** Read from the version under test; everything else is what the project has. */
const FROM_GRAFANA = ['@grafana/*', 'react', 'react/*', 'react-dom', 'react-dom/*'];

export interface CompatibilityReport {
  /** Names imported from each of Grafana's libraries. */
  imports: Map<string, Set<string>>;
  /** What does not fit, each as `file:line  message`. */
  problems: string[];
}

/**
 * Type-checks what the bundle's modules reach.
 * @param modules the `node_modules` that hold the version under test
 */
export function checkModules(modules: string): CompatibilityReport {
  const program = ts.createProgram(
    listPlugins().map(({ module }) => module),
    optionsFor(modules),
  );
  const own = program.getSourceFiles().filter(isOurs);
  const imports = new Map<string, Set<string>>();
  for (const file of own) {
    collectImports(file, imports);
  }
  const diagnostics = own.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  return { imports, problems: diagnostics.map(inWords) };
}

function optionsFor(modules: string): ts.CompilerOptions {
  const own = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(inWords(diagnostic));
    },
  })?.options;
  const typed = (name: string) => (name.startsWith('react') ? [path.join(modules, '@types', name)] : []);
  const paths = Object.fromEntries(FROM_GRAFANA.map((name) => [name, [...typed(name), path.join(modules, name)]]));
  return { ...own, paths, incremental: false, tsBuildInfoFile: undefined, types: ['node'] };
}

const isOurs = ({ fileName }: ts.SourceFile): boolean =>
  fileName.startsWith(path.join(root, 'src')) && !fileName.includes('/node_modules/');

function collectImports(file: ts.SourceFile, into: Map<string, Set<string>>): void {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) {
      continue;
    }
    const library = statement.moduleSpecifier.text;
    const bindings = statement.importClause?.namedBindings;
    if (library.startsWith('@grafana/') && bindings && ts.isNamedImports(bindings)) {
      const names = into.get(library) ?? new Set();
      bindings.elements.forEach(({ name, propertyName }) => names.add((propertyName ?? name).text));
      into.set(library, names);
    }
  }
}

function inWords({ file, start, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (!file || start === undefined) {
    return message;
  }
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${path.relative(root, file.fileName)}:${String(line + 1)}  ${message}`;
}
