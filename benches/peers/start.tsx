// The page of the ranking alone, as the time to start is measured.

import { createRoot } from 'react-dom/client';
import { Screen } from './screen.tsx';

createRoot(document.getElementById('root')!).render(<Screen />);
