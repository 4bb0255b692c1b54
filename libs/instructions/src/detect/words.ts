// Words that say what kind of number follows, in the languages that people write in: data.
import { words } from './reading.js';

export const PHONE = words(
  `tel|phone|mobile|mobil|cell|call|ring me|text me|whats ?app|wsapp|handy|ruf|anruf|erreichbar|nummer ist|fon|festnetz
  |portable|appel|joindre|joignable|num[ée]ro est|fixe|m[óo]vil|ll[aá]m|celular|fijo|chiam|recapito|fisso
  |bel me|bellen|belt|bereik|mobiel|nummer is|kom[óo]rk|zadzwo|dzwo|kontakt|numer to|m[óo]j numer|my number|meine nummer
  |mon num|mi n[úu]mero|il mio numero|mijn nummer|sms|signal|fax`,
);

export const OTHER_NUMBER = words(
  `order|bestel|auftrag|commande|pedido|ordine|zam[óo]wien|invoice|rechnung|facture|factura|fattura|factuur|faktur
  |ticket|case|vorgang|dossier|expediente|pratica|zaak|zg[łl]oszen|spraw|tracking|sendung|paket|colis|suivi|env[íi]o|seguimiento
  |spedizione|tracciamento|zending|pakket|przesy[łl]k|paczk|r[ée]f\\b|r[ée]f[ée]r|rif\\b|riferimento|kenmerk
  |artik|article|art[íi]culo|articolo|artyku|sku|ean|gtin|isbn|imei|serien|serial|s[ée]rie|seryjn|kunden|customer n|client n
  |num[ée]ro (?:de )?client|cliente|klant|klienta|contract|vertrag|contrat|umow|z[äa]hler|meter|compteur|contador|contatore
  |licznik|version|wersj|versi[óo]n|build|bon\\b|coupon|gutschein|voucher|code|kod|c[óo]digo|codice (?!fiscale)|pin\\b|tan\\b|otp
  |flight|flug|vol\\b|vuelo|volo|vlucht|modell?|mod[èe]le|id\\b|nr zam`,
);
