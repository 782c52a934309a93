/** What every list says (views/list). */
export const list = {
  "list_page.more_than": "more than {count}",
  "list_page.export": "Export",
  "list_page.export_xlsx": "Excel (.xlsx)",
  "list_page.export_csv": "Text (.csv)",
  "list_page.export_note":
    "Exactly what is shown: these filters, this order, these columns. It is written into the audit log.",
  "list_page.pages": "Pages",
  "list_page.span": "{first}–{last} of {count}",
  "list_page.previous": "Previous",
  "list_page.next": "Next",
  "list_page.no_hits": "Nothing fits",
  "list_page.no_hits_detail": "Search for something else, or take a filter away.",
  "list_page.show_all": "Show all",
  "list_page.show": "Show",
  "list_page.or": "or",
  "list_page.filter": "Filter",
  "list_page.remove_filter": "Remove filter {filter}: {value}",
  "list_page.columns": "Columns",
  "list_page.usual_columns": "Usual columns",
  "list_page.yes": "yes",
  "list_page.no": "no",
} as const
