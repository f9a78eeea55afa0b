import { StateMessage } from '../../shared/StateMessage';

interface WrongFramesProps {
  view: string;
  needs: string;
  queryType: string;
}

/** The answer is not what the chosen view reads: says which query it needs. */
export function WrongFrames({ view, needs, queryType }: WrongFramesProps) {
  return (
    <StateMessage
      glyph="circle-info"
      tone="neutral"
      title={`Nothing for the view “${view}”`}
      text={`It reads the frame “${needs}” of a query of type “${queryType}”, in table format. Change the query, or the panel’s view.`}
    />
  );
}
