/** A YAML (or JSON) file somebody wrote by hand. */
import { readFile } from 'node:fs/promises';
import { load, YAMLException } from 'js-yaml';
import { FailureError } from '../../src/contract/failure';
import { errorCode } from '../error-code';

/**
 * The content of a file; times stay text, as the schemas want them. Null for an empty file.
 * @param field the flag or setting that named the file
 * @throws FailureError naming the file, and the line that is not YAML
 */
export async function readYamlFile(file: string, field: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = errorCode(cause);
    throw new FailureError(
      {
        class: 'config',
        field,
        message: `${file} cannot be read (${code}).`,
        fix: 'Check the path and its permissions.',
      },
      { cause },
    );
  }
  try {
    return /\S/.test(text) ? load(text) : null;
  } catch (cause) {
    if (!(cause instanceof YAMLException)) {
      throw cause;
    }
    const line = cause.mark === undefined ? '' : `, line ${cause.mark.line + 1}`;
    throw new FailureError(
      { class: 'config', field: file, message: `${file}${line}: ${cause.reason}.`, fix: 'Correct the YAML there.' },
      { cause },
    );
  }
}
