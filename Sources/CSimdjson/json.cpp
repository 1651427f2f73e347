extern "C" int ambit_json_placeholder(void){return 0;}
