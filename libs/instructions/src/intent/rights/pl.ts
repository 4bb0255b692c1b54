// Wishes for one's rights, in Polish.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const PL: RightsWords = {
  mine: r`(?:moje|moich|moim|moimi|swoje|swoich) (?:wlasne )?(?:dane|danych|danymi|danym|informacje|informacji)(?! (?:do )?(?:logowania|karty))|(?:dane|danych|informacje|informacji) (?:\w+ ){0,4}(?:o mnie|mnie dotycz\w*|na moje nazwisko)`,
  utterances: r`(?:moje|moich) (?:wiadomosci|rozmowy|rozmow|czaty|zachowan\w*)`,
  aboutMe: r`(?:co|jakie|wszystko|wszystkie|ile)\b.{0,30}\bo mnie\b(?=.{0,25}\b(?:wiecie|macie|maja|posiadacie|przechowujecie|zapisane|zebraliscie))|(?:co|jakie|wszystko)\b.{0,25}\b(?:wiecie|macie|posiadacie|przechowujecie)\b.{0,15}\bo mnie|wszystkich danych\b.{0,15}\bmnie dotycz\w*|dane zapisane na moje`,
  give: r`wyslij\w*|przeslij\w*|dajcie|daj|pokaz\w*|udostepnij\w*|przekazcie|(?:mi|mnie)\b.{0,40}\b(?:wyslac|przeslac|dac|pokazac|udostepnic|przekazac)|kopi\w*|wglad\w*|dostep\w* do|(?:chce|chcialbym|chcialabym|moge|prosze o|o)\b.{0,30}\b(?:zobaczyc|otrzymac|wiedziec|poznac|przekazanie|udostepnienie|przeslanie|wydanie)`,
  fix: r`popraw\w*|sprost\w*|zmien\w*|zmiane|zmianie|aktuali\w*|zaktuali\w*|bledn\w*|blad|bledy|zle|nieprawidlow\w*|niepoprawn\w*|nieaktualn\w*|stary|stare|podmien\w*|niezgodn\w*`,
  field: r`(?:moje|moj|moja|mojego|mojej|mi sie) (?:\w+ )?(?:imie|nazwisk\w*|numer\w*|telefon\w*|mail\w*|e ?mail\w*|adres\w*|data urodzenia|daty urodzenia)|data urodzenia`,
  held: r`u was|w (?:systemie|bazie|moim profilu|moim koncie|profilu|panstwa bazie|panstwa systemie|waszej bazie|waszym systemie|aktach)|macie (?:\w+ )?(?:moj|moje|moja|o mnie)`,
  freeze: r`zamroz\w*|zamraz\w*|zablok\w*|blokad\w*|ogranicz\w*|wstrzym\w*|zawies\w*`,
  unused: r`nie (?:ich |bylo |byly |sa )?(?:uzyw\w*|przetwarz\w*|wykorzyst\w*|korzyst\w*|analiz\w*)|(?:ich|je) nie (?:uzyw\w*|przetwarz\w*|wykorzyst\w*)|przesta\w* (?:je |ich )?(?:przetwarz\w*|uzyw\w*|wykorzyst\w*)`,
  meanwhile: r`do czasu|na razie|dopoki|poki|tymczasow\w*|chwilowo|do momentu|az do`,
  kept: r`przechowuj\w*|zachow\w*|trzymajcie|nie usuw\w*|nie kasuj\w*|bez usuwania`,
  move: r`przenies\w*|przenoszen\w*|eksport\w*|wyeksport\w*|zabrac|format\w* (?:nadajac\w*|ustrukturyzowan\w*)|maszynow\w*|wgrac|importow\w*`,
  elsewhere: r`(?:inn\w*|now\w*) (?:\w+ )?(?:firm\w*|dostawc\w*|uslugodawc\w*|operator\w*|podmiot\w*)|konkurencj\w*|gdzie indziej|bezposrednio firmie`,
  oppose: r`sprzeciw\w*|nie zgadzam|nie chce|nie wyrazam|przeciwn\w*|nie pozwalam|zabraniam|nie zycze|odmawiam`,
  use: r`uzyw\w*|wykorzyst\w*|przetwarz\w*|analiz\w*|profil\w*|sluz\w*|tren\w*|statystyk\w*`,
  ends: r`statystyk\w*|analiz\w*|profil\w*|ai|tren\w*|badan\w*`,
  profiling: r`(?:przesta\w*|nie) mnie profilow\w*|nie (?:twor\w*|rob\w*) (?:\w+ )?profil\w*`,
  named: {
    access: r`prawo dostepu|prawa dostepu|wniosek o dostep do (?:moich )?danych`,
    rectify: r`praw[oa] do sprostowania`,
    restrict: r`ograniczeni\w* przetwarzania|praw[oa] do ograniczenia`,
    port: r`przenoszeni\w* danych|praw[oa] do przenoszenia`,
    object: r`praw[oa] (?:do )?sprzeciwu`,
  },
  otherwise: r`(?:mam|moge) (?:wam )?(?:wyslac|podac)|podal\w*|podam|wyslal\w*|(?:zmieni|poprawi|zaktualizowa)l[ae]m (?:moje|swoje)|(?:dosta|otrzyma)liscie|oto moje|bezpieczn\w*|wpis\w*|potrzebujecie|straci\w*`,
  business: r`zamowien\w*|faktur\w*|paragon\w*|rezerwacj\w*|wizyt\w*|dostaw\w*|przesylk\w*|paczk\w*|wysylk\w*|cen\w*|zwrot\w*|kupon\w*|koszyk\w*|bilet\w*|techniczn\w*|gwarancj\w*|rozmiar\w*`,
};
