-- What version 6 had otherwise than version 7.

DROP TABLE consent_texts;
DROP TABLE texts_shown;
