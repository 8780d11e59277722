// The same page in the application that a first visit transfers: with
// spreadsheets and charts, as ours has them.

import { createRoot } from 'react-dom/client';
import * as XLSX from 'xlsx';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { Screen } from './screen.tsx';

const actions = {
  read: (bytes: ArrayBuffer) => XLSX.utils.sheet_to_json(XLSX.read(bytes).Sheets.Sheet1!, { header: 1 }),
  write: (rows: unknown[][]) => {
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows));
    XLSX.writeFile(book, '排行.xlsx');
  },
  draw: (place: HTMLElement, data: uPlot.AlignedData) =>
    new uPlot({ width: 600, height: 240, series: [{}, { label: '加分' }] }, data, place),
};
Object.assign(globalThis, { actions });
createRoot(document.getElementById('root')!).render(<Screen />);
