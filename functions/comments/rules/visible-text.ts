/** What a reader sees of a rendering: blocks on lines of their own, no tags, no entities. Takes only what the renderer writes. */
export const visibleText = (html: string): string =>
  html
    .replaceAll(/<\/?(?:p|br|li|ul|ol|blockquote|pre)\b[^>]*>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
