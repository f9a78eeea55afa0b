import markup from './markup';

it.each([
  ['text', 'Lift', 'Lift'],
  ['numbers', 3.5, '3.5'],
  ['what is nested', <span key="a">Lift <b>95 %</b></span>, 'Lift 95 %'], // prettier-ignore
  ['nothing', null, ''],
])('the text of a node: %s', (_case, node, text) => {
  expect(markup.renderToStaticMarkup(node)).toBe(text);
});
