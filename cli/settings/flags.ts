/** The flags that override settings, made from the table of variables. */
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { VARIABLES, type Section, type Variable } from './variables';

/** A flag's value as the text a variable would hold. */
const flagSchema = z
  .union([z.string(), z.array(z.string()).transform((paths) => paths.join(',')), z.literal(true).transform(String)])
  .optional();

function optionOf({ flag, what, name }: Variable): Option | null {
  return flag === null ? null : new Option(flag, `${what} [${name}]`);
}

/** Adds the flags of some sections to a command, grouped in its help. */
export function addSettingFlags(command: Command, sections: readonly Section[]): Command {
  command
    // Not `--env-file`: Node 20 takes that for its own, wherever it stands on the command line.
    .option('--env <file>', 'where the variables are written down', '.env')
    .option('--settings <file>', 'YAML or JSON with the data source’s jsonData, for what has no flag, e.g. mapping');
  for (const variable of VARIABLES) {
    const option = sections.includes(variable.section) ? optionOf(variable) : null;
    if (option !== null) {
      command.addOption(option.helpGroup(`${variable.section}:`));
    }
  }
  return command;
}

/** The settings given as flags, by the name of the variable they override. */
export function readSettingFlags(options: Readonly<Record<string, unknown>>): Map<string, string> {
  return new Map(
    VARIABLES.flatMap((variable): Array<[string, string]> => {
      const attribute = optionOf(variable)?.attributeName();
      const given = flagSchema.parse(attribute === undefined ? undefined : options[attribute]);
      return given === undefined ? [] : [[variable.name, given]];
    }),
  );
}
