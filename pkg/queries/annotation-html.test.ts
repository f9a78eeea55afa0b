import { escapeHtml, linkTo } from './annotation-html';

it('leaves no markup of what a store holds', () => {
  expect(escapeHtml(`<img src=x onerror="a('b')"> & co`)).toBe(
    '&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt; &amp; co',
  );
});

it('links without letting an address out of its quotes', () => {
  expect(linkTo('https://m/#/"><b>', 'Open')).toBe(
    '<a href="https://m/#/&quot;&gt;&lt;b&gt;" target="_blank" rel="noreferrer">Open</a>',
  );
});
