/** Tests one source by the saved settings: how far it got, what was found, and on failure what to do. */
import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { Alert, Button, Stack } from '@grafana/ui';
import { useState } from 'react';
import { z } from 'zod';
import type { SourceName } from '../../calc/provenance';
import { sourceStatusSchema, type SourceStatus } from '../../contract/resources';
import { TestResult } from './TestResult';

type Answer =
  | { state: 'unasked' }
  | { state: 'asking' }
  | { state: 'answered'; status: SourceStatus }
  | { state: 'failed'; message: string };

interface Props {
  uid: string;
  source: SourceName;
  title: string;
  /** There are changes the backend does not know yet. */
  isUnsaved: boolean;
}

async function askSource(uid: string, source: SourceName): Promise<SourceStatus> {
  const url = `/api/datasources/uid/${encodeURIComponent(uid)}/resources/sources`;
  const answer: unknown = await getBackendSrv().get(url, { source }, undefined, { showErrorAlert: false });
  const [status] = z.tuple([sourceStatusSchema]).parse(answer);
  return status;
}

const messageSchema = z.object({ message: z.string() });

function describeError(error: unknown): string {
  if (isFetchError(error)) {
    const body = messageSchema.safeParse(error.data);
    return body.success ? body.data.message : (error.statusText ?? `HTTP status ${error.status}`);
  }
  return error instanceof Error ? error.message : 'The backend did not answer.';
}

export function SourceTest({ uid, source, title, isUnsaved }: Props) {
  const [answer, setAnswer] = useState<Answer>({ state: 'unasked' });
  const ask = () => {
    setAnswer({ state: 'asking' });
    askSource(uid, source).then(
      (status) => setAnswer({ state: 'answered', status }),
      (error: unknown) => setAnswer({ state: 'failed', message: describeError(error) }),
    );
  };
  return (
    <Stack direction="column" gap={1} alignItems="stretch">
      <Stack gap={1} alignItems="center" wrap="wrap">
        <Button
          variant="secondary"
          icon={answer.state === 'asking' ? 'spinner' : 'heart-rate'}
          disabled={answer.state === 'asking' || isUnsaved}
          onClick={ask}
        >
          Test {title}
        </Button>
        {isUnsaved && <span>Save first: what is tested are the saved settings.</span>}
      </Stack>
      <div aria-live="polite">
        {answer.state === 'answered' && <TestResult status={answer.status} title={title} />}
        {answer.state === 'failed' && <Alert title={`${title} could not be tested`}>{answer.message}</Alert>}
      </div>
    </Stack>
  );
}
