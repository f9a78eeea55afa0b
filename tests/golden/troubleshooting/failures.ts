/** Every failure the plugin and the command line can word, read from their source: object literals with `class`, `message` and `fix`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { FAILURE_CLASSES, type FailureClass } from '../../../src/contract/failure';

export interface WordedFailure {
  class: FailureClass;
  /** `…` stands for what is only known when it happens. */
  message: string;
  fix: string;
}

const HOLE = '…';

/** Failures in the files below the folders, without those of tests; one of each wording, by class and message. */
export function findFailures(root: string, folders: readonly string[]): WordedFailure[] {
  const files = globSync(
    folders.map((folder) => `${folder}/**/*.ts`),
    { cwd: root, ignore: ['**/*.test.ts', '**/generated/**'] },
  );
  const found = files.flatMap((file) => failuresIn(path.join(root, file)));
  const byWords = new Map(found.map((failure) => [`${failure.class} ${failure.message}`, failure]));
  return [...byWords.values()].sort((a, b) => (a.message < b.message ? -1 : 1));
}

function failuresIn(file: string): WordedFailure[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const failures: WordedFailure[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      failures.push(...failuresOf(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return failures;
}

function failuresOf(literal: ts.ObjectLiteralExpression): WordedFailure[] {
  const valueOf = (name: string): ts.Expression | undefined =>
    literal.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)
      ?.initializer;
  const [message, fix, kind] = [valueOf('message'), valueOf('fix'), valueOf('class')];
  if (message === undefined || fix === undefined || kind === undefined) {
    return [];
  }
  const [messages, fixes, kinds] = [wordings(message), wordings(fix), wordings(kind)];
  // Choices of the same length are one choice, made in several places; else any goes with any.
  const isOneChoice = kinds.length === messages.length;
  return messages.flatMap((words, index) =>
    FAILURE_CLASSES.filter((one) => (isOneChoice ? kinds[index] === one : kinds.includes(one))).map((one) => ({
      class: one,
      message: words,
      fix: fixes[index] ?? fixes[0] ?? HOLE,
    })),
  );
}

/** What an expression may say: either branch of a choice, with holes for what is filled in. */
function wordings(node: ts.Expression): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return [node.text];
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join('')];
  }
  if (ts.isConditionalExpression(node)) {
    return [...wordings(node.whenTrue), ...wordings(node.whenFalse)];
  }
  if (ts.isParenthesizedExpression(node)) {
    return wordings(node.expression);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return wordings(node.left).flatMap((left) => wordings(node.right).map((right) => left + right));
  }
  return [HOLE];
}
